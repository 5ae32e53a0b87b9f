/** Samples of one series, oldest first; only those that exist. */
export interface Samples {
  times: Float64Array
  values: Float64Array
}

/** Drops what is not there. */
export function existing(times: Float64Array, values: Float64Array): Samples {
  if (!values.some(Number.isNaN)) return { times, values }
  return { times: times.filter((_time, index) => !Number.isNaN(values[index])), values: values.filter(isThere) }
}

const isThere = (value: number) => !Number.isNaN(value)

/** A counter that falls has begun again from zero: as if it had gone on from where it was. */
export function withoutResets({ times, values }: Samples): Samples {
  let before = 0
  let lost = 0
  const risen = values.map((value) => {
    if (value < before) lost += before
    before = value
    return value + lost
  })
  return { times, values: risen }
}

/** The samples of a range: indices `first` to `last`, both ends included. */
export interface Window extends Samples {
  first: number
  last: number
  /** Whether the sample before the range follows on to it without a gap: what changed in between counts. */
  continues: boolean
}

interface Ranges {
  /** Where the ranges end, never going back. */
  ends: Float64Array
  range: number
  /** Two samples further apart than this do not belong together. */
  gap: number
}

/** What a function makes of the samples in (end − range, end], for each end. NaN where there is none. */
export function overWindows(
  { times, values }: Samples,
  { ends, range, gap }: Ranges,
  apply: (window: Window) => number,
) {
  const timeOf = (index: number) => times[index] ?? Number.POSITIVE_INFINITY
  let first = 0
  let next = 0
  return ends.map((end) => {
    while (timeOf(next) <= end) next += 1
    while (timeOf(first) <= end - range) first += 1
    if (first >= next) return Number.NaN
    return apply({ times, values, first, last: next - 1, continues: timeOf(first) - (times[first - 1] ?? 0) <= gap })
  })
}
