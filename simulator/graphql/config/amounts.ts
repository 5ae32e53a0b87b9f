const UNITS: Record<string, number> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
const DURATION = /^(\d+(\.\d+)?(ns|us|ms|s|m|h))+$/

/** Milliseconds; undefined for what is no duration. `unit` is what a bare number counts, in milliseconds. */
export function duration(amount: number | string, unit: number): number | undefined {
  if (typeof amount === 'number') return amount * unit
  if (/^\d+$/.test(amount)) return Number(amount) * unit
  if (!DURATION.test(amount)) return undefined
  const parts = amount.matchAll(/(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)/g)
  return [...parts].reduce((sum, [, count, name = '']) => sum + Number(count) * (UNITS[name] ?? 0), 0)
}

const SIZES: Record<string, number> = { '': 1, mb: 1 / 1024, gb: 1, tb: 1024 }

/** Gigabytes; a bare number counts them. Undefined for what is no size. */
export function gigabytes(amount: number | string): number | undefined {
  const [, count = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmgt]?i?b?)$/i.exec(String(amount)) ?? []
  const factor =
    SIZES[
      unit
        .toLowerCase()
        .replace('i', '')
        .replace(/^([mgt])$/, '$1b')
    ]
  return count === '' || factor === undefined ? undefined : Number(count) * factor
}

/** Megabytes; a bare number counts them. */
export function megabytes(amount: number | string): number | undefined {
  if (/^\d+$/.test(String(amount))) return Number(amount)
  const size = gigabytes(amount)
  return size === undefined ? undefined : Math.round(size * 1024)
}
