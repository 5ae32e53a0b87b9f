import type { Context } from './context.ts'
import { UsageError } from './failure.ts'
import type { FlagTable } from './flags.ts'

/** One command of flyctl, as its family's table says it. */
export interface Command {
  flags: FlagTable
  /** How many arguments it takes; none when absent. */
  args?: readonly [min: number, max: number]
  /** What the arguments are, for the usage: `<volume id>`. */
  usage?: string
  /** Works without being signed in. */
  anonymous?: boolean
  /** Resolves with the exit code; anything else = 0. */
  run: (context: Context) => Promise<unknown>
}

/** The commands behind one first word, by their further words; `''` is the first word alone. */
export type Family = Readonly<Record<string, Command>>

export const ANY = Number.POSITIVE_INFINITY

/** Complains about the number of arguments the way flyctl's parser does. */
export function checkArguments(name: string, { args = [0, 0] }: Command, given: readonly string[]): void {
  const [min, max] = args
  const count = given.length
  if (count >= min && count <= max) return
  if (max === 0) throw new UsageError(`unknown command ${JSON.stringify(given[0])} for "flyctl ${name}"`)
  if (min === max) throw new UsageError(`accepts ${min} arg(s), received ${count}`)
  if (count < min) throw new UsageError(`requires at least ${min} arg(s), only received ${count}`)
  throw new UsageError(`accepts at most ${max} arg(s), received ${count}`)
}

export function usageOf(name: string, { flags, usage }: Command): string[] {
  const lines = Object.entries(flags).map(([flag, { kind, short }]) => {
    const value = kind === 'yes-no' ? '' : ` ${kind === 'text' ? 'string' : kind}`
    return `${short === undefined ? '     ' : `  -${short},`} --${flag}${value}`
  })
  return ['Usage:', `  flyctl ${[name, usage, '[flags]'].filter(Boolean).join(' ')}`, '', 'Flags:', ...lines.sort(), '']
}
