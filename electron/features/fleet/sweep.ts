import { isTransient } from '#shared/machines/machine-state.ts'
import type { KnownMachine } from './known-schema.ts'

// Lists of an organization tell neither checks nor digests nor hosts. Those are read app by app, a few each round.

/** Apps read in full per round: each costs one request of its own bucket. */
const APPS_PER_ROUND = 10
/** An app with news the list did not tell in full is read again after this. */
const NEWS_MS = 4_000
/** Checks and hosts change without a trace in the list, so every app comes round. */
const ROUTINE_MS = 60_000

interface SweepInput {
  machinesOf: ReadonlyMap<string, readonly KnownMachine[]>
  /** When each app was last read in full. */
  sweptAt: ReadonlyMap<string, number>
  now: number
}

/** Which apps to read in full now: those with news first, then those not read for longest. */
export function appsToSweep({ machinesOf, sweptAt, now }: SweepInput): string[] {
  const due = [...machinesOf].flatMap(([app, machines]) => {
    const age = now - (sweptAt.get(app) ?? 0)
    const news = age >= NEWS_MS && machines.some(hasNews)
    return news || age >= ROUTINE_MS ? [{ app, news, age }] : []
  })
  const sorted = due.toSorted((left, right) => Number(right.news) - Number(left.news) || right.age - left.age)
  return sorted.slice(0, APPS_PER_ROUND).map(({ app }) => app)
}

function hasNews({ core, details }: KnownMachine): boolean {
  return !details || details.updatedAt < core.updatedAt
}

/** Machines read one by one per round: they are between two states, which a list that lags would skip. */
const MACHINES_PER_ROUND = 20

export function machinesToRead(machines: readonly KnownMachine[]): { app: string; id: string }[] {
  return machines
    .filter(({ core }) => isTransient(core.value.state))
    .toSorted((left, right) => (left.details?.readAt ?? 0) - (right.details?.readAt ?? 0))
    .slice(0, MACHINES_PER_ROUND)
    .map(({ id, core }) => ({ app: core.value.app, id }))
}
