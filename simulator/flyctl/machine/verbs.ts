import { type ApiRequest, refused } from '../api.ts'
import type { Context } from '../context.ts'
import { FlyctlError, within } from '../failure.ts'
import { type Leased, withLeases } from './lease.ts'
import { pathOf } from './machine.ts'
import { readMachine, selectMachines } from './select.ts'
import { START_MS, waitForState, watchChecks } from './wait.ts'

/** Leases every machine that was named, then does one thing to each. */
async function eachOf(context: Context, act: (machine: Leased) => Promise<void>): Promise<void> {
  const machines = await selectMachines(context)
  await withLeases(context, machines, async (leased) => {
    for (const machine of leased) await act(machine)
  })
}

interface Verb {
  /** The last part of the address. */
  name: string
  /** `could not stop machine …: failed to stop VM …`. */
  doing: string
  body?: unknown
}

async function tell({ api }: Context, machine: Leased, { name, doing, body }: Verb): Promise<void> {
  const request: ApiRequest = { service: 'flaps', method: 'POST', path: `${pathOf(machine)}/${name}`, body }
  const answer = await api.ask({ ...request, leaseNonce: machine.nonce })
  if (answer.status === 404) throw new FlyctlError(`machine ${machine.id} was not found in app '${machine.app}'`)
  const failing = `could not ${doing} machine ${machine.id}: failed to ${doing} VM ${machine.id}`
  if (answer.status >= 300) throw refused(answer, failing)
}

export const start = (context: Context): Promise<void> =>
  eachOf(context, async (machine) => {
    await tell(context, machine, { name: 'start', doing: 'start' })
    context.stdout(`${machine.id} has been started`)
  })

export const stop = (context: Context): Promise<void> =>
  eachOf(context, async (machine) => {
    const { flags, stdout } = context
    const seconds = flags.number('timeout')
    const body = {
      id: machine.id,
      ...(flags.text('signal') !== undefined && { signal: flags.text('signal')?.toUpperCase() }),
      ...(seconds !== undefined && seconds > 0 && { timeout: `${seconds}s` }),
    }
    stdout(`Sending kill signal to machine ${machine.id}...`)
    await tell(context, machine, { name: 'stop', doing: 'stop', body })
    await waitUntil(context, machine, 'stopped')
    stdout(`${machine.id} has been successfully stopped`)
  })

export const suspend = (context: Context): Promise<void> =>
  eachOf(context, async (machine) => {
    await tell(context, machine, { name: 'suspend', doing: 'suspend' })
    const waited = await waitUntil(context, machine, 'suspended')
    context.stdout(`${machine.id} ${waited ? 'has been suspended' : 'is being suspended'}`)
  })

/** Alone among the verbs it takes no lease. */
export async function kill(context: Context): Promise<void> {
  for (const machine of await selectMachines(context)) {
    context.stdout(
      `machine ${machine.id} was found and is currently in a ${machine.state} state, attempting to kill...`,
    )
    const body = { signal: 'SIGKILL' }
    await tell(context, { ...machine, nonce: undefined }, { name: 'signal', doing: 'kill', body })
    context.stdout('kill signal has been sent')
  }
}

export const restart = (context: Context): Promise<void> =>
  eachOf(context, async (machine) => {
    const { flags, stdout } = context
    const query = new URLSearchParams({ force_stop: String(flags.on('force')) })
    const seconds = flags.number('time')
    if (seconds !== undefined) query.set('timeout', `${seconds}s`)
    const signal = flags.text('signal')
    if (signal !== undefined) query.set('signal', signal.toUpperCase())
    stdout(`Restarting machine ${machine.id}`)
    await tell(context, machine, { name: `restart?${query}`, doing: 'restart' })
    await waitForState(context, machine, { state: 'started', withinMs: START_MS })
    if (!flags.on('skip-health-checks')) await watchChecks(context, machine)
    stdout(`Machine ${machine.id} restarted successfully!`)
  })

/** Waits only when told to with `-w`. Says whether it did. */
async function waitUntil(context: Context, machine: Leased, state: 'stopped' | 'suspended'): Promise<boolean> {
  const withinMs = context.flags.ms('wait-timeout')
  if (withinMs === undefined || withinMs === 0) return false
  await readMachine(context, machine)
  const verb = state === 'stopped' ? 'stop' : 'suspend'
  const doing = `machine ${machine.id} did not ${verb} within the wait timeout`
  await within(doing, waitForState(context, machine, { state, withinMs }))
  return true
}
