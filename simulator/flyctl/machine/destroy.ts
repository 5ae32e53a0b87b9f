import { text } from '../api.ts'
import { compactApp } from '../app-query.ts'
import type { Context } from '../context.ts'
import { FlyctlError, within } from '../failure.ts'
import { confirmed } from '../prompt.ts'
import { type Leased, withLeases } from './lease.ts'
import { imageOf, type Machine, machineOf, pathOf } from './machine.ts'
import { appOf, listMachines, selectMachines } from './select.ts'

export async function destroy(context: Context): Promise<void> {
  const machines = await chosen(context)
  if (machines === undefined) return
  if (machines.length === 0) return context.stdout('No machine to destroy, exiting')
  await withLeases(context, machines, async (leased) => {
    for (const machine of leased) {
      await within(`could not get app '${machine.app}'`, compactApp(context, machine.app))
      await destroyOne(context, machine)
      context.stdout(`${machine.id} has been destroyed`)
    }
  })
}

/** undefined when a person thought better of it. */
async function chosen(context: Context): Promise<Machine[] | undefined> {
  const image = context.flags.text('image')
  if (image === undefined) {
    await appOf(context, context.flags.rest)
    return selectMachines(context)
  }
  const app = await appOf(context, [''])
  const raw = (await listMachines(context, app)).filter((machine) => text(machine, 'state') !== 'destroyed')
  const found = raw.filter((machine) => imageOf(machine) === image).map((machine) => machineOf(app, machine))
  const question = `${found.length} Machines (${found.map(({ id }) => id).join(',')}) will be destroyed, continue?`
  return (await confirmed(context, { question })) ? found : undefined
}

/** Only a machine that rests goes without `--force`; flyctl looks at the state itself. */
export async function destroyOne(context: Context, machine: Leased): Promise<void> {
  const { api, flags, stdout } = context
  const { id, state } = machine
  refuseUnless(machine, flags.on('force'))
  stdout(`machine ${id} was found and is currently in ${state} state, attempting to destroy...`)
  await api.get({
    service: 'flaps',
    method: 'DELETE',
    path: `${pathOf(machine)}?kill=${flags.on('force')}`,
    leaseNonce: machine.nonce,
    failing: `could not destroy machine ${id}: failed to destroy VM ${id}`,
  })
}

function refuseUnless({ id, state }: Machine, force: boolean): void {
  if (state === 'destroyed') throw new FlyctlError(`machine ${id} has already been destroyed`)
  if (force || state === 'stopped' || state === 'suspended') return
  const advice = 'either stop first or use --force flag'
  if (state === 'started') throw new FlyctlError(`machine ${id} currently started, ${advice}`)
  const why = `is in a ${state} state and cannot be destroyed since it is not stopped or suspended`
  throw new FlyctlError(`machine ${id} ${why}, ${advice}`)
}
