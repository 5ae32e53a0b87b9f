import type { Machine } from '../world/types.ts'
import { answerCommand } from './exec.ts'

/** The port the program of a machine listens on: PORT of its environment, else the one its service expects. */
export function listensOn({ config }: Machine): number {
  const expected = config.services?.[0]?.internal_port ?? 8080
  return Number(config.env?.PORT) || expected
}

/** A machine that is gone when its one command has ended, as a release command is. */
export const isTask = ({ config }: Machine): boolean => config.auto_destroy === true && config.restart?.policy === 'no'

/** How the command of a task ends: what is not known here belongs to the image, and goes well. */
export function taskExitCode(machine: Machine): number {
  const { exec, cmd } = machine.config.init ?? {}
  const { exitCode } = answerCommand(machine, exec ?? cmd ?? [], '')
  return exitCode === 127 ? 0 : exitCode
}
