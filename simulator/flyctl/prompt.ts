import { createInterface } from 'node:readline/promises'
import type { Context } from './context.ts'
import { FlyctlError } from './failure.ts'

interface Question {
  question: string
  /** What is said before, on a terminal or off it. */
  warning?: () => void
}

/** Whether a person agrees. `--yes` answers for them; off a terminal nothing else does. */
export async function confirmed(
  { flags, signal }: Pick<Context, 'flags' | 'signal'>,
  { question, warning }: Question,
): Promise<boolean> {
  if (flags.on('yes')) return true
  warning?.()
  if (!(process.stdin.isTTY && process.stdout.isTTY)) throw nonInteractive('yes flag')
  // Not as a terminal: then Ctrl-C stays a signal, and ends the command as it does anywhere else.
  const person = createInterface({ input: process.stdin, output: process.stdout, terminal: false })
  try {
    return /^y(es)?$/i.test((await person.question(`? ${question} (y/N) `, { signal })).trim())
  } finally {
    person.close()
  }
}

export const nonInteractive = (what: string): FlyctlError =>
  new FlyctlError(`${what} must be specified when not running interactively`)
