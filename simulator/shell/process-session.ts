import { readdirSync, readFileSync } from 'node:fs'

/**
 * The first process of a command leads a session of its own. What it starts stays in that session, also what a shell
 * with job control puts in groups of their own.
 */
export function signalSession(leader: number, name: NodeJS.Signals): void {
  if (leader <= 0) return
  send(-leader, name)
  for (const pid of membersOf(leader)) send(pid, name)
}

/** Whether anything of a session still runs. */
export const isSessionAlive = (leader: number): boolean =>
  leader > 0 && (process.platform === 'linux' ? membersOf(leader).length > 0 : send(-leader, 0))

/** To a process, or to a group when the number is negative; false when nobody is there. */
export function send(target: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(target, name)
  } catch {
    return false
  }
}

/** Only Linux tells which session a process belongs to; elsewhere the group has to do. */
function membersOf(leader: number): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && isMember(pid, leader))
}

function isMember(pid: number, leader: number): boolean {
  try {
    // `pid (name) state parent group session …`; the name may hold anything.
    const line = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const [state, , , session] = line.slice(line.lastIndexOf(')') + 2).split(' ')
    return state !== 'Z' && Number(session) === leader
  } catch {
    // It has ended since.
    return false
  }
}
