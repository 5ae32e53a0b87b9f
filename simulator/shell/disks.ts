import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Machine } from '../world/types.ts'
import { shims } from './shims.ts'

export interface Disk {
  /** Stands for `/` of the machine: everything but its volumes is new after each start. */
  root: string
  /** `/workspace` of the machine. */
  workspace: string
  /** Holds the commands that answer for the machine. */
  bin: string
}

/** Throw-away folders of this computer that stand for the disks of machines. */
export interface Disks {
  /** Made when it is first asked for. Its commands answer for the machine as it is now. */
  of(machine: Machine): Disk
  /** The machine has stopped: what is not on a volume is gone. */
  forget(machine: string): void
  /** A snapshot of a volume, a volume from a snapshot, or a fork: what is on the one is on the other, too. */
  copyVolume(from: string, to: string): void
  stop(): Promise<void>
}

const PREFIX = `hangar-machines-${process.getuid?.() ?? 'me'}-`

export function createDisks(): Disks {
  const disks = new Map<string, Disk>()
  let base: string | undefined
  let forgotten = 0
  const folder = () => {
    base ??= mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
    return base
  }
  return {
    of(machine) {
      const disk = disks.get(machine.id) ?? makeDisk(folder(), machine)
      disks.set(machine.id, disk)
      writeShims(disk.bin, machine)
      return disk
    },
    forget(machine) {
      const disk = disks.get(machine)
      if (!disk) return
      disks.delete(machine)
      // Moved away first: the machine may start again before everything is deleted.
      const trash = join(folder(), `forgotten-${forgotten++}`)
      renameSync(disk.root, trash)
      void rm(trash, { recursive: true, force: true }).catch(() => {
        // Something still writes there: it goes with everything else at the end.
      })
    },
    copyVolume(from, to) {
      if (base === undefined || from === '' || !existsSync(volumeFolder(base, from))) return
      cpSync(volumeFolder(base, from), volumeFolder(base, to), {
        recursive: true,
        verbatimSymlinks: true,
        filter: isContent,
      })
    },
    async stop() {
      disks.clear()
      // What was killed a moment ago may still be writing.
      if (base !== undefined) await rm(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
      base = undefined
    },
  }
}

function makeDisk(base: string, machine: Machine): Disk {
  const root = join(base, machine.id)
  const workspace = join(root, 'workspace')
  const bin = join(root, 'usr', 'local', 'bin')
  mkdirSync(bin, { recursive: true, mode: 0o700 })
  mkdirSync(join(root, 'tmp'))
  for (const { volume, path } of machine.config.mounts ?? []) {
    // Whatever the path says, it stays below the root.
    const place = join(root, resolve('/', path))
    if (!/^\w+$/.test(volume) || place === join(root, '/')) continue
    mount(volumeFolder(base, volume), place)
  }
  mkdirSync(workspace, { recursive: true })
  writeWelcome(workspace)
  return { root, workspace, bin }
}

const volumeFolder = (base: string, id: string): string => join(base, 'volumes', id)

/** Sockets and pipes are of a machine that runs. */
const isContent = (path: string): boolean => {
  const about = lstatSync(path, { throwIfNoEntry: false })
  return about !== undefined && (about.isFile() || about.isDirectory() || about.isSymbolicLink())
}

/** Put in the place of the old ones at once: somebody may be running them. */
function writeShims(bin: string, machine: Machine): void {
  for (const [name, content] of Object.entries(shims(machine))) {
    const next = join(bin, `.${name}`)
    writeFileSync(next, content, { mode: 0o755 })
    renameSync(next, join(bin, name))
  }
}

/** The volume's folder moves with the volume from machine to machine; a link says where it is mounted. */
function mount(volume: string, place: string): void {
  mkdirSync(volume, { recursive: true })
  mkdirSync(dirname(place), { recursive: true })
  rmSync(place, { recursive: true, force: true })
  symlinkSync(volume, place)
}

const WELCOME = `# A simulated machine

This shell runs on your own computer, in a folder that is deleted when the
simulator ends. What is here stays until then if it is on a volume; everything
else is new whenever the machine starts.
`

function writeWelcome(workspace: string): void {
  if (readdirSync(workspace).length === 0) writeFileSync(join(workspace, 'README.md'), WELCOME)
}

/** Deletes what simulators left behind that could not end in peace. */
export function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    const pid = Number.parseInt(name.slice(PREFIX.length), 10)
    if (!isRunning(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process is one, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
