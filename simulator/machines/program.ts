import type { Machine } from '../world/types.ts'
import { taskExitCodeOf } from './task-command.ts'

/** The port the program of a machine listens on: PORT of its environment, else the one its service expects. */
export function listensOn({ config }: Machine): number {
  const expected = config.services?.[0]?.internal_port ?? 8080
  return Number(config.env?.PORT) || expected
}

/** A machine that is gone when its one command has ended, as a release command is. */
export const isTask = ({ config }: Machine): boolean => config.auto_destroy === true && config.restart?.policy === 'no'

/** How the command of a task ends. */
export function taskExitCode({ config }: Machine): number {
  const { exec, cmd } = config.init ?? {}
  return taskExitCodeOf(exec ?? cmd ?? [])
}
