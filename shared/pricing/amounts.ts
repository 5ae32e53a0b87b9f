import { type Dollars, sumOf, ZERO } from './money.ts'

/** A bill in its parts. `total` is their exact sum. */
export interface Amounts {
  compute: Dollars
  stopped: Dollars
  volumes: Dollars
  total: Dollars
}

export const NOTHING: Amounts = { compute: ZERO, stopped: ZERO, volumes: ZERO, total: ZERO }

export function amounts({ compute, stopped, volumes }: Omit<Amounts, 'total'>): Amounts {
  return { compute, stopped, volumes, total: sumOf([compute, stopped, volumes]) }
}

export function sumAmounts(all: readonly Amounts[]): Amounts {
  return amounts({
    compute: sumOf(all.map(({ compute }) => compute)),
    stopped: sumOf(all.map(({ stopped }) => stopped)),
    volumes: sumOf(all.map(({ volumes }) => volumes)),
  })
}
