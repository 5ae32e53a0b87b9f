const FRACTION = /\.(\d{1,9})/

/** Nanoseconds since 1970 of an RFC 3339 time; undefined when it is none. Dates of JavaScript stop at milliseconds. */
export function toNanoseconds(timestamp: string): bigint | undefined {
  const whole = Date.parse(timestamp.replace(FRACTION, ''))
  if (Number.isNaN(whole)) return undefined
  const fraction = FRACTION.exec(timestamp)?.[1] ?? ''
  return BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(9, '0'))
}

/** RFC 3339 in UTC with nine decimals, so that texts compare as times. */
export function fromNanoseconds(nanoseconds: bigint): string {
  const seconds = new Date(Number((nanoseconds / 1_000_000_000n) * 1000n)).toISOString().slice(0, 19)
  return `${seconds}.${String(nanoseconds % 1_000_000_000n).padStart(9, '0')}Z`
}

/** For sorting: times as times, anything else after them in its own order. */
export function compareTimes(first: string, second: string): number {
  const [one, two] = [toNanoseconds(first), toNanoseconds(second)]
  if (one === undefined || two === undefined) return Number(one === undefined) - Number(two === undefined)
  return one < two ? -1 : Number(one > two)
}
