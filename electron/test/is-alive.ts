import { execaSync } from 'execa'

/** A zombie is dead: whether somebody collects it depends on the computer's init. */
export function isAlive(pid: number): boolean {
  const { stdout } = execaSync('ps', ['-o', 'stat=', '-p', String(pid)], { reject: false })
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z')
}
