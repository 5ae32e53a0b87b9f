import { existsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Machine } from '../world/types.ts'
import { createDisks, type Disk, type Disks } from './disks.ts'
import { machineEnvironment, prompt } from './environment.ts'
import { type ShellProcess, type Size, startPiped } from './process.ts'
import { isSessionAlive, signalSession } from './process-session.ts'
import { startPty } from './pty.ts'

/** What is to run on a machine. */
export interface Program {
  /** A program and its arguments, a line for the shell, or the shell itself. */
  run: { kind: 'words'; words: readonly string[] } | { kind: 'line'; line: string } | { kind: 'shell' }
  /** Present = under a pty. */
  size?: Size | undefined
  /** Added to what every process of the machine sees. */
  env?: Record<string, string>
}

/** The real processes that stand for what runs on machines, and the folders that stand for their disks. */
export interface Shells {
  disk(machine: Machine): Disk
  start(machine: Machine, program: Program): ShellProcess
  /** Hangs up, and kills what does not listen, and what was left running. */
  end(started: ShellProcess): Promise<void>
  /** Kills whatever still runs on a machine. */
  endAll(machine: string): void
  /** The machine has stopped: its disk is gone, but for its volumes. */
  forgetDisk(machine: string): void
  copyVolume: Disks['copyVolume']
  /** Kills everything and deletes every folder. */
  stop(): Promise<void>
}

/** How often it is looked whether what a command left behind still runs. */
const SWEEP_MS = 1_000
/** Between hanging up and killing: a real process needs it, whatever the clock of the world. */
const HANG_UP_MS = 1_000

export function createShells(seed: number): Shells {
  const disks = createDisks()
  /** The machine of each session of processes. It stays after its leader for what that left running. */
  const sessions = new Map<number, string>()
  const orphans = new Set<number>()
  let sweep: NodeJS.Timeout | undefined

  const forget = (pid: number) => {
    sessions.delete(pid)
    orphans.delete(pid)
    if (orphans.size > 0) return
    clearInterval(sweep)
    sweep = undefined
  }
  const forgetEnded = () => {
    for (const pid of orphans) if (!isSessionAlive(pid)) forget(pid)
  }
  const leaderEnded = (pid: number) => {
    if (!isSessionAlive(pid)) return forget(pid)
    orphans.add(pid)
    sweep ??= setInterval(forgetEnded, SWEEP_MS).unref()
  }
  const endAll = (machine?: string) => {
    for (const [pid, home] of sessions) if (machine === undefined || home === machine) signalSession(pid, 'SIGKILL')
  }
  return {
    disk: disks.of,
    start(machine, program) {
      const started = startOn(machine, disks.of(machine), { seed, program })
      if (started.pid > 0) sessions.set(started.pid, machine.id)
      void started.exited.then(() => leaderEnded(started.pid))
      return started
    },
    async end({ pid, exited }) {
      signalSession(pid, 'SIGHUP')
      await Promise.race([exited, pause(HANG_UP_MS, undefined, { ref: false })])
      signalSession(pid, 'SIGKILL')
    },
    endAll,
    forgetDisk: disks.forget,
    copyVolume: disks.copyVolume,
    async stop() {
      endAll()
      clearInterval(sweep)
      await disks.stop()
    },
  }
}

const SHELL = ['/bin/bash', '/usr/bin/bash', '/usr/local/bin/bash'].find((file) => existsSync(file)) ?? '/bin/sh'
/** This computer's own settings of bash do not belong on a machine. */
const QUIET = SHELL.endsWith('bash') ? ['--noprofile', '--norc'] : []

function startOn(machine: Machine, disk: Disk, { seed, program }: { seed: number; program: Program }): ShellProcess {
  const { run, size, env } = program
  const [file = '', ...args] = commandOf(run, size !== undefined)
  const options = {
    file,
    args,
    cwd: disk.workspace,
    env: { ...machineEnvironment(seed, machine, disk), PS1: prompt(machine, disk), ...env },
  }
  return size ? startPty({ ...options, size }) : startPiped(options)
}

function commandOf(run: Program['run'], interactive: boolean): readonly string[] {
  switch (run.kind) {
    case 'words':
      return run.words
    case 'line':
      return [SHELL, ...QUIET, '-c', run.line]
    case 'shell':
      return [SHELL, ...QUIET, ...(interactive ? ['-i'] : [])]
    default:
      return run satisfies never
  }
}
