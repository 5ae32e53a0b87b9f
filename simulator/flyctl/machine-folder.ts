import { mkdir, readdir, rm, rmdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface Workspace {
  /** Stands for `/` of the machine. */
  root: string
  /** `/workspace` of the machine. */
  folder: string
  /** Forgets this session. The last one to leave takes the folder with it. */
  close(): Promise<void>
}

/** The folder that stands for a machine's disk. Sessions that are open at the same time share it. */
export async function openWorkspace(env: Readonly<Record<string, string | undefined>>, id: string): Promise<Workspace> {
  const fly = new URL(env.FLY_FLAPS_BASE_URL ?? 'https://api.machines.dev')
  const user = process.getuid?.() ?? 'me'
  const root = join(tmpdir(), `hangar-machines-${user}-${fly.port || 'fly'}`, id)
  const sessions = join(root, '.sessions')
  const folder = join(root, 'workspace')
  await mkdir(sessions, { recursive: true, mode: 0o700 })
  await mkdir(folder, { recursive: true })
  const session = join(sessions, String(process.pid))
  await writeFile(session, '')
  await writeFile(join(folder, 'README.md'), WELCOME, { flag: 'wx' }).catch(() => {
    // It is there already: another session, or the person's own.
  })
  return {
    root,
    folder,
    async close() {
      await rm(session, { force: true })
      if ((await livingSessions(sessions)).length > 0) return
      await rm(root, { recursive: true, force: true })
      await rmdir(dirname(root)).catch(() => {
        // Another machine has a session open.
      })
    },
  }
}

const WELCOME = `# A simulated machine

This shell runs on your own computer, in a folder that is deleted when the last
session on this machine ends.
`

/** A session whose process is gone (killed, or the computer restarted) does not count. */
async function livingSessions(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => isRunning(Number(name)))
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
