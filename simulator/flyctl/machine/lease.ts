import { refused } from '../api.ts'
import type { Context } from '../context.ts'
import { within } from '../failure.ts'
import { acquireLease, releaseLease } from '../lease.ts'
import type { Machine } from './machine.ts'
import { readMachine } from './select.ts'

/** How long a machine command's lease lasts (flyctl: 120 s; a deploy's are shorter and renewed). */
const TTL_SECONDS = 120
/** flyctl says after two seconds that it waits. */
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
  let told = false
  const tell = (ms: number) => {
    if (!told && ms >= TELL_MS) context.stdout(`Waiting on lease for machine ${machine.id}...`)
    told ||= ms >= TELL_MS
  }
  const asked = acquireLease(context, { machine, seconds: TTL_SECONDS }, tell)
  const { nonce, version } = await within('failed to obtain lease', asked)
  // Somebody changed it since it was read: what counts is what it is now.
  const now = version === machine.instanceId ? machine : await readMachine(context, machine)
  return { ...now, nonce }
}

async function release({ api, apiFor, signal, stdout }: Context, machine: Leased): Promise<void> {
  const { id, nonce } = machine
  if (signal.aborted && nonce !== undefined) stdout(`Releasing lease for machine ${id}...`)
  const through = signal.aborted ? apiFor(AbortSignal.timeout(RELEASE_MS)) : api
  const failed = await releaseLease({ api: through }, machine)
  if (failed) stdout(`failed to release lease for machine ${id}: ${refused(failed).message}`)
}
