import type { Guest } from '../contracts/fleet.ts'
import { type Amounts, amounts } from './amounts.ts'
import { chargedAs, startedPrice, stoppedPrice, volumePrice } from './machine-price.ts'
import { type Dollars, sumOf, ZERO } from './money.ts'

/** A state a machine was seen to enter. */
export interface StateEntry {
  at: number
  state: string
  region: string
  guest?: Guest | undefined
}

/** A stretch of time to charge for. */
export interface Period {
  from: number
  to: number
}

export interface MachineHistory {
  /** Oldest first. Times may lie in the future where clocks differ. */
  entries: readonly StateEntry[]
  /** When the machine came to be. Hours between it and the first entry are taken to be like the later ones. */
  createdAt?: number | undefined
}

interface Stay extends StateEntry {
  ms: number
}

/** How long the machine was in which state within the period. Never negative, never longer than the period. */
export function staysIn(entries: readonly StateEntry[], { from, to }: Period): Stay[] {
  const sorted = entries.toSorted((left, right) => left.at - right.at)
  return sorted.flatMap((entry, index) => {
    const end = sorted[index + 1]?.at ?? to
    const ms = Math.min(end, to) - Math.max(entry.at, from)
    return ms > 0 ? [{ ...entry, ms }] : []
  })
}

/**
 * The stays known, stretched over the hours before the first of them. An entry is a change of state, so what was
 * before it was something else: the mix of the known hours is the better guess.
 */
function staysWithGuess({ entries, createdAt }: MachineHistory, period: Period): Stay[] {
  const stays = staysIn(entries, period)
  const first = entries.reduce((earliest, { at }) => Math.min(earliest, at), Number.POSITIVE_INFINITY)
  const guessed = Math.min(first, period.to) - Math.max(createdAt ?? first, period.from)
  if (!(guessed > 0)) return stays
  const known = stays.reduce((sum, { ms }) => sum + ms, 0)
  if (known === 0)
    return entries
      .filter(({ at }) => at === first)
      .slice(0, 1)
      .map((entry) => ({ ...entry, ms: guessed }))
  return stays.map((stay) => ({ ...stay, ms: Math.round((stay.ms * (known + guessed)) / known) }))
}

type Charge = Pick<Amounts, 'compute' | 'stopped'>

/** What the machine cost within the period, without its volumes. */
export function chargeFor(history: MachineHistory, period: Period): Charge {
  const stays = staysWithGuess(history, period)
  const compute = stays.flatMap(({ state, guest, region, ms }) =>
    chargedAs(state) === 'compute' && guest ? [startedPrice({ guest, region }, ms)] : [],
  )
  const stopped = stays.flatMap(({ state, ms }) => (chargedAs(state) === 'stopped' ? [stoppedPrice(ms)] : []))
  return { compute: sumOf(compute), stopped: sumOf(stopped) }
}

/** Hours the machine was started within the period. */
export function startedHours(history: MachineHistory, period: Period): number {
  const stays = staysWithGuess(history, period)
  return stays.reduce((hours, { state, ms }) => (state === 'started' ? hours + ms / 3_600_000 : hours), 0)
}

/** What a volume that is still there cost within the period. */
export function volumeChargeFor(
  volume: { sizeGb: number; state: string; createdAt: number },
  { from, to }: Period,
): Dollars {
  const ms = to - Math.max(volume.createdAt, from)
  return ms > 0 ? volumePrice(volume, ms) : ZERO
}

/** The bill of some machines and volumes. */
export function bill(charges: readonly Charge[], volumes: readonly Dollars[]): Amounts {
  return amounts({
    compute: sumOf(charges.map(({ compute }) => compute)),
    stopped: sumOf(charges.map(({ stopped }) => stopped)),
    volumes: sumOf(volumes),
  })
}

/** The calendar month of a moment, in UTC, as Fly bills it. */
export function monthOf(now: number): Period & { name: string } {
  const date = new Date(now)
  const from = Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
  const to = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)
  return { from, to, name: new Date(from).toISOString().slice(0, 7) }
}
