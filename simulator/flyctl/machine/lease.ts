import { setTimeout as sleep } from 'node:timers/promises'
import { type ApiAnswer, field, refused, text } from '../api.ts'
import type { Context } from '../context.ts'
import { within } from '../failure.ts'
import { type Machine, pathOf } from './machine.ts'
import { readMachine } from './select.ts'

/** How long a machine command's lease lasts (flyctl: 120 s; a deploy's are shorter and renewed). */
const TTL_SECONDS = 120
/** flyctl tries for 60 s, a few times a second, and says after two that it waits. */
const GIVE_UP_MS = 60_000
const RETRY_MS = 300
const TELL_MS = 2_000
/** Time for handing a lease back once interrupted. */
const RELEASE_MS = 5_000

export interface Leased extends Machine {
  /** undefined for a machine on a host that cannot be reached: it gets no lease. */
  nonce: string | undefined
}

/** Holds the leases of machines while `act` works on them, and hands them back whatever happens. */
export async function withLeases<Result>(
  context: Context,
  machines: readonly Machine[],
  act: (leased: Leased[]) => Promise<Result>,
): Promise<Result> {
  const leased: Leased[] = []
  try {
    for (const machine of machines) leased.push(await take(context, machine))
    return await act(leased)
  } finally {
    for (const machine of leased) await release(context, machine)
  }
}

export const withLease = <Result>(
  context: Context,
  machine: Machine,
  act: (leased: Leased) => Promise<Result>,
): Promise<Result> => withLeases(context, [machine], ([leased]) => act(leased ?? { ...machine, nonce: undefined }))

async function take(context: Context, machine: Machine): Promise<Leased> {
  if (machine.hostStatus !== 'ok') return { ...machine, nonce: undefined }
  const lease = field(await within('failed to obtain lease', acquire(context, machine)), 'data')
  const nonce = text(lease, 'nonce')
  // Somebody changed it since it was read: what counts is what it is now.
  const now = text(lease, 'version') === machine.instanceId ? machine : await readMachine(context, machine)
  return { ...now, nonce }
}

async function acquire(context: Context, machine: Machine): Promise<unknown> {
  const { api, pace, signal, stdout } = context
  const begun = Date.now()
  let told = false
  while (true) {
    const answer = await api.ask({
      service: 'flaps',
      method: 'POST',
      path: `${pathOf(machine)}/lease?ttl=${TTL_SECONDS}`,
    })
    if (answer.status < 300) return answer.body
    const waited = Date.now() - begun
    if (waited >= GIVE_UP_MS * pace) throw held(machine, answer)
    if (!told && waited >= TELL_MS) stdout(`Waiting on lease for machine ${machine.id}...`)
    told = waited >= TELL_MS
    await sleep(RETRY_MS, undefined, { signal })
  }
}

const held = ({ id }: Machine, answer: ApiAnswer) => refused(answer, `failed to get lease on VM ${id}`)

async function release({ api, apiFor, signal, stdout }: Context, machine: Leased): Promise<void> {
  const { id, nonce } = machine
  if (nonce === undefined) return
  if (signal.aborted) stdout(`Releasing lease for machine ${id}...`)
  const through = signal.aborted ? apiFor(AbortSignal.timeout(RELEASE_MS)) : api
  const path = `${pathOf(machine)}/lease`
  const answer = await through.ask({ service: 'flaps', method: 'DELETE', path, leaseNonce: nonce })
  const gone = answer.status < 300 || answer.status === 404
  if (!gone) stdout(`failed to release lease for machine ${id}: ${refused(answer).message}`)
}
