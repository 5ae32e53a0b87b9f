import type { Context } from './context.ts'
import { FlyctlError } from './failure.ts'

/** A question flyctl would ask a person. It is answered by `--yes`, and off a terminal by nothing else. */
export function confirmed({ flags }: Pick<Context, 'flags'>, warning?: () => void): void {
  if (flags.on('yes')) return
  warning?.()
  throw nonInteractive('yes flag')
}

export const nonInteractive = (what: string): FlyctlError =>
  new FlyctlError(`${what} must be specified when not running interactively`)
