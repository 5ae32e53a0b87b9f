import Big from 'big.js'

/** US dollars as decimal text (the contract's Money). */
export type Dollars = string

/** Digits after the point that are kept: a second of the smallest machine is 8.5e-7 dollars. */
const DIGITS = 10

/** As decimal text without an exponent. Totals are sums of these texts, so parts always add up. */
export function dollars(amount: Big): Dollars {
  return amount.round(DIGITS).toFixed()
}

export const ZERO: Dollars = '0'

export function sumOf(amounts: Iterable<Dollars>): Dollars {
  let total = new Big(0)
  for (const amount of amounts) total = total.plus(amount)
  return dollars(total)
}

export function difference(left: Dollars, right: Dollars): Dollars {
  return dollars(new Big(left).minus(right))
}

/** More than nothing. */
export function isMore(amount: Dollars): boolean {
  return new Big(amount).gt(0)
}

export function times(amount: Dollars, factor: number | string): Dollars {
  return dollars(new Big(amount).times(factor))
}

/** `$1,234.57`; small amounts keep four digits so that they do not read as nothing. */
export function formatDollars(amount: Dollars): string {
  const value = new Big(amount)
  const small = value.abs().gt(0) && value.abs().lt('0.01')
  const [whole = '0', fraction = ''] = value
    .abs()
    .toFixed(small ? 4 : 2)
    .split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${value.lt(0) ? '-' : ''}$${grouped}.${fraction}`
}
