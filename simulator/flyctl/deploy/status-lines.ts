/** How a line of a deploy stands: flyctl begins it with another sign each. */
type Status = ' ' | '>' | '✔' | '✖'

export interface StatusLine {
  log: (text: string) => void
  running: (text: string) => void
  success: (text: string) => void
  failure: (text: string) => void
}

/** One line per thing that is under way, on stdout: `> [1/2] Updating …`. Numbered when there are several. */
export function statusLines(stdout: (line: string) => void, count: number, first: Status = ' '): StatusLine[] {
  return Array.from({ length: count }, (_, index) => {
    let status: Status = first
    const place = count > 1 ? `[${index + 1}/${count}] ` : ''
    const log = (text: string) => stdout(`${status} ${place}${text}`)
    const as = (next: Status) => (text: string) => {
      status = next
      log(text)
    }
    return { log, running: as('>'), success: as('✔'), failure: as('✖') }
  })
}
