const DAY_MS = 86_400_000

/** How much of the calendar month (UTC) has passed, 0…1, and its days. */
export function monthShare(month: string, at: number): { share: number; day: number; days: number } {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const begins = Date.UTC(year, number - 1, 1)
  const days = (Date.UTC(year, number, 1) - begins) / DAY_MS
  const share = Math.min(1, Math.max(0, (at - begins) / (days * DAY_MS)))
  return { share, day: Math.min(days, Math.floor(share * days) + 1), days }
}

const names = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** "November 2026". */
export const monthName = (month: string): string => names.format(new Date(`${month}-01T00:00:00Z`))
