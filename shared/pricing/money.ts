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

/** In units of the last digit that is kept: whole numbers add up exactly, and fast. */
function unitsOf(amount: Dollars): bigint {
  const [whole = '0', fraction = ''] = amount.split('.')
  return BigInt(whole + fraction.padEnd(DIGITS, '0'))
}

function ofUnits(units: bigint): Dollars {
  const sign = units < 0n ? '-' : ''
  const digits = String(units < 0n ? -units : units).padStart(DIGITS + 1, '0')
  const fraction = digits.slice(-DIGITS).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -DIGITS)}${fraction && `.${fraction}`}`
}

export function sumOf(amounts: Iterable<Dollars>): Dollars {
  // Prices repeat: each is read once, however many machines have it.
  const counts = new Map<Dollars, number>()
  for (const amount of amounts) counts.set(amount, (counts.get(amount) ?? 0) + 1)
  let total = 0n
  for (const [amount, count] of counts) total += unitsOf(amount) * BigInt(count)
  return ofUnits(total)
}

/** So many parts of a whole, such as the milliseconds of a month. `part` is never negative. */
export function partOf(amount: Dollars, part: number, whole: number): Dollars {
  const divisor = BigInt(whole)
  return ofUnits((unitsOf(amount) * BigInt(Math.round(part)) * 2n + divisor) / (divisor * 2n))
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
