import { field } from '../api.ts'
import { appName } from '../app-name.ts'
import { remoteConfig } from '../config/remote.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { settings } from '../machine/config.ts'
import { withLeases } from '../machine/lease.ts'
import { groupOf, machineOf, sizeOf } from '../machine/machine.ts'
import { listMachines } from '../machine/select.ts'
import { updateMachine } from '../machine/update.ts'
import { unknownSize, VM_SIZES } from '../platform/vm-sizes.ts'
import { isLaunched } from '../status.ts'

export async function vm(context: Context): Promise<void> {
  const { flags } = context
  const [name = ''] = flags.rest
  const size = VM_SIZES[name]
  if (!size) throw unknownSize(name)
  await resize(context, { ...size, ...memoryGiven(flags.number('vm-memory')) })
}

export async function memory(context: Context): Promise<void> {
  const megabytes = Number(context.flags.rest[0])
  if (!Number.isInteger(megabytes) || megabytes <= 0) throw new FlyctlError('memory must be a number of megabytes')
  await resize(context, { memory_mb: megabytes })
}

const memoryGiven = (megabytes: number | undefined) => (megabytes === undefined ? {} : { memory_mb: megabytes })

/** One machine after the other, all of them leased before the first is touched. */
async function resize(context: Context, change: Readonly<Record<string, unknown>>): Promise<void> {
  const { stdout } = context
  const app = appName(context)
  const group = context.flags.text('process-group') ?? 'app'
  await remoteConfig(context, app)
  const members = (await listMachines(context, app)).filter(isLaunched).filter((machine) => groupOf(machine) === group)
  if (members.length === 0) throw new FlyctlError(`there are no active machines for group '${group}'`)
  const machines = members.map((raw) => machineOf(app, raw))
  const guest = { ...settings(field(machines[0]?.config, 'guest')), ...change }
  await withLeases(context, machines, async (leased) => {
    for (const machine of leased) await updateMachine(context, machine, { ...settings(machine.config), guest })
  })
  const name = sizeOf({ config: { guest } }, { memory: false })
  stdout(`Scaled VM Type to '${name}'`)
  stdout(`${'CPU Cores'.padStart(15)}: ${field(guest, 'cpus')}`)
  stdout(`${'Memory'.padStart(15)}: ${field(guest, 'memory_mb')} MB`)
}
