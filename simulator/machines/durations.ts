const UNITS = { ns: 1e-6, us: 1e-3, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }
const isUnit = (word: string): word is keyof typeof UNITS => word in UNITS

/** Milliseconds of a Go duration (`1m30s`). A number is seconds, as the API description says of a restart's timeout. */
export function milliseconds(duration: string | number): number {
  const plain = Number(duration)
  if (!Number.isNaN(plain)) return plain * 1_000
  const parts = [...String(duration).matchAll(/(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)/g)]
  return parts.reduce((sum, [, count = '0', unit = '']) => sum + Number(count) * (isUnit(unit) ? UNITS[unit] : 0), 0)
}
