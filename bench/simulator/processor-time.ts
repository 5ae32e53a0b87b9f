import { readFile } from 'node:fs/promises'

/** Ticks of a second in /proc, the same on every Linux that Node runs on. */
const TICKS = 100

/** Seconds of processor time a process has taken so far. Linux alone tells it to others. */
export async function processorTime(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  // The name in brackets may hold spaces; user and system time are the 12th and 13th field behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS
}
