import type { Machine } from '../world/types.ts'
import { failsReleaseCommand } from './asked-of-image.ts'
import { SIGKILL, signalsIn } from './signals.ts'
import { taskExitCodeOf } from './task-command.ts'

/** The port the program of a machine listens on: PORT of its environment, else the one its service expects. */
export function listensOn({ config }: Machine): number {
  const expected = config.services?.[0]?.internal_port ?? 8080
  return Number(config.env?.PORT) || expected
}

/** What the program of every image answers with 200; everything else is 404. */
const PAGES = ['/', '/api/health']

export const servesPage = (path: string): boolean => PAGES.includes(path)

/** A machine that is gone when its one command has ended, as a release command is. */
const isTask = ({ config }: Machine): boolean => config.auto_destroy === true && config.restart?.policy === 'no'

/** Whether the program ends by itself when its work is done: tasks do, and what runs on a schedule. */
export const endsByItself = (machine: Machine): boolean => isTask(machine) || machine.config.schedule !== undefined

const wordsOf = ({ config: { init } }: Machine): string[] =>
  init?.exec ?? [...(init?.entrypoint ?? []), ...(init?.cmd ?? [])]

/** How the command of a task ends. */
export const taskExitCode = (machine: Machine): number =>
  failsReleaseCommand(machine) ? 1 : taskExitCodeOf(wordsOf(machine))

/** Signals the command shuts its ears to, in the shell's own way: `trap '' INT TERM`. */
function ignored(machine: Machine): number[] {
  const [, names = ''] = /trap\s+(?:''|"")\s+([A-Z0-9 ]+)/.exec(wordsOf(machine).join(' ')) ?? []
  return signalsIn(names)
}

/** A server shuts down in order on these … */
const CLOSES = signalsIn('INT TERM')
/** … and dies of these; the others it takes note of. */
const DIES = signalsIn('QUIT ILL TRAP ABRT FPE SEGV')

export interface End {
  exitCode: number
  /** The signal that killed it; absent when it closed in order. */
  signal?: number
}

/** How the program ends at a signal; undefined when it goes on running. */
export function endAt(machine: Machine, signal: number): End | undefined {
  if (signal === SIGKILL) return KILLED
  if (machine.hang?.hung || ignored(machine).includes(signal)) return undefined
  if (CLOSES.includes(signal)) return { exitCode: 0 }
  return DIES.includes(signal) ? { exitCode: 128 + signal, signal } : undefined
}

/** What becomes of a program that nothing else ended. */
export const KILLED: End = { exitCode: 128 + SIGKILL, signal: SIGKILL }
