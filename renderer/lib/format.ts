/** How values read on screen. Times are ms since 1970; nothing here knows the clock but by parameter. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const counts = new Intl.NumberFormat('en-US')

export const formatCount = (count: number): string => counts.format(count)

/** "1 machine", "1,247 machines". */
export const formatPlural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`

const dollars = (digits: number) =>
  new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
const cents = dollars(2)
const fine = dollars(4)

/** Dollars from decimal text or a number. Amounts under ten cents that are not zero get four decimals. */
export function formatMoney(amount: string | number, { digits }: { digits?: 2 | 4 } = {}): string {
  const value = Number(amount)
  const small = value !== 0 && Math.abs(value) < 0.1
  return ((digits ?? (small ? 4 : 2)) === 4 ? fine : cents).format(value)
}

const two = (value: number): string => String(value).padStart(2, '0')

/** "4 s", "41 m", "3 h 12 m", "9 h", "2 d 7 h", "12 d": at most two units, and only as fine as matters. */
export function formatDuration(ms: number): string {
  const span = Math.max(0, ms)
  if (span < MINUTE) return `${Math.floor(span / 1000)} s`
  if (span < HOUR) return `${Math.floor(span / MINUTE)} m`
  if (span < 6 * HOUR) return `${Math.floor(span / HOUR)} h ${two(Math.floor((span % HOUR) / MINUTE))} m`
  if (span < DAY) return `${Math.floor(span / HOUR)} h`
  const days = Math.floor(span / DAY)
  const hours = Math.floor((span % DAY) / HOUR)
  return days < 3 && hours > 0 ? `${days} d ${hours} h` : `${days} d`
}

/** Length of work, with tenths under ten seconds: "1.8 s", "42 s", "2 m 05 s". */
export function formatElapsed(ms: number): string {
  const span = Math.max(0, ms)
  if (span < 10_000) return `${(span / 1000).toFixed(1)} s`
  if (span < MINUTE) return `${Math.floor(span / 1000)} s`
  if (span < HOUR) return `${Math.floor(span / MINUTE)} m ${two(Math.floor((span % MINUTE) / 1000))} s`
  return formatDuration(span)
}

/** "2 s ago"; "now" under a second. */
export const formatAge = (at: number, now: number): string =>
  now - at < 1000 ? 'now' : `${formatDuration(now - at)} ago`

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const longDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const whole = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' })

/** Clock time today; day and time this year; the date before that. Local time. */
export function formatTime(at: number, now: number): string {
  const date = new Date(at)
  const today = new Date(now)
  if (date.toDateString() === today.toDateString()) return clock.format(date)
  if (date.getFullYear() === today.getFullYear()) return `${shortDay.format(date)} ${clock.format(date).slice(0, 5)}`
  return longDay.format(date)
}

/** Everything, with the time zone: for titles. */
export const formatFullTime = (at: number): string => whole.format(at)

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** Binary steps, as Fly counts memory and volumes: "512 MB", "3.1 GB". */
export function formatBytes(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  const value = bytes / 1024 ** step
  return `${step === 0 || value >= 100 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)} ${UNITS[step]}`
}

/** "512 MB", "1 GB" from Fly's megabytes. */
export const formatMemory = (megabytes: number): string =>
  megabytes >= 1024 ? `${Number((megabytes / 1024).toFixed(1))} GB` : `${megabytes} MB`

/** "shared-cpu-1x 512 MB". */
export const formatGuest = (guest: { cpuKind: 'shared' | 'performance'; cpus: number; memoryMb: number }): string =>
  `${guest.cpuKind === 'shared' ? 'shared-cpu' : 'performance'}-${guest.cpus}x ${formatMemory(guest.memoryMb)}`

/** "41%"; 0…1 in. */
export const formatPercent = (share: number): string => `${Math.round(share * 100)}%`

/** The last six characters of a tag: ULIDs share their front. Short tags stay whole. */
export const shortTag = (tag: string): string => (tag.length > 10 ? `…${tag.slice(-6)}` : tag)

/** `sha256:9f2c41d7…b08e`. */
export function shortDigest(digest: string): string {
  const [algorithm, hex] = digest.split(':')
  return hex && hex.length > 12 ? `${algorithm}:${hex.slice(0, 8)}…${hex.slice(-4)}` : digest
}
