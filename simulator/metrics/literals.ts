import { badQuery } from './query-error.ts'

const UNITS: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
}
const DURATION = /^([+-]?)((?:\d+(?:\.\d+)?(?:ms|[smhdwy]))+)$/

/** Milliseconds of `1h30m`, or of seconds given as a mere number; undefined for anything else. */
export function readDuration(text: string): number | undefined {
  const [, sign, parts] = DURATION.exec(text.trim()) ?? []
  if (parts !== undefined) {
    const sum = [...parts.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdwy])/g)].reduce(
      (total, [, count, unit]) => total + Number(count) * (UNITS[unit ?? ''] ?? 0),
      0,
    )
    return sign === '-' ? -sum : sum
  }
  const seconds = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(seconds) ? seconds * 1_000 : undefined
}

/** A number, with Inf, NaN, hexadecimals and durations, which count as seconds. */
export function readNumber(text: string): number {
  const plain = text.replaceAll('_', '').toLowerCase()
  const [, sign = '', word] = /^([+-]?)(inf|nan)$/.exec(plain) ?? []
  if (word === 'nan') return Number.NaN
  if (word === 'inf') return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const value = Number(plain)
  if (!Number.isNaN(value)) return value
  const duration = readDuration(plain)
  if (duration === undefined) throw badQuery(`parse error: bad number or duration syntax: "${text}"`)
  return duration / 1_000
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' }

/** A string in double, single or back quotes; escapes as Go has them. */
export function readString(quoted: string): string {
  const inner = quoted.slice(1, -1)
  if (quoted.startsWith('`')) return inner
  return inner.replaceAll(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|.)/gs, (_whole, written: string) => {
    if (/^[xuU]./.test(written)) return String.fromCodePoint(Number.parseInt(written.slice(1), 16))
    return ESCAPES[written] ?? written
  })
}
