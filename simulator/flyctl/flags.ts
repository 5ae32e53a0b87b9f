import { FlyctlError } from './failure.ts'

interface Flag {
  kind: 'text' | 'yes-no'
  short?: string
}

export type FlagTable = Readonly<Record<string, Flag>>

export interface Flags {
  text: (name: string) => string | undefined
  /** A yes-no flag that is absent is `otherwise`. */
  on: (name: string, otherwise?: boolean) => boolean
  /** What is no flag, in order. */
  rest: string[]
}

/** Flags every command takes. */
const GLOBAL: FlagTable = {
  'access-token': { kind: 'text', short: 't' },
  app: { kind: 'text', short: 'a' },
  config: { kind: 'text', short: 'c' },
  org: { kind: 'text', short: 'o' },
  region: { kind: 'text', short: 'r' },
  json: { kind: 'yes-no', short: 'j' },
  quiet: { kind: 'yes-no', short: 'q' },
  verbose: { kind: 'yes-no' },
  debug: { kind: 'yes-no' },
}

const TRUE = new Set(['1', 't', 'true', 'TRUE', 'True'])

/** Reads the command line the way flyctl's own parser does: `--ha=false`, `-a shop`, `-ashop`, `--app shop`. */
export function readFlags(args: readonly string[], own: FlagTable): Flags {
  const table = { ...GLOBAL, ...own }
  const given = new Map<string, string>()
  const rest: string[] = []
  const waiting = [...args]
  for (let arg = waiting.shift(); arg !== undefined; arg = waiting.shift()) {
    if (arg === '--') rest.push(...waiting.splice(0))
    else if (!arg.startsWith('-') || arg === '-') rest.push(arg)
    else {
      const { name, value } = split(arg, table)
      given.set(name, value ?? (table[name]?.kind === 'yes-no' ? 'true' : needed(waiting.shift(), arg)))
    }
  }
  return {
    text: (name) => given.get(name),
    on: (name, otherwise = false) => (given.has(name) ? TRUE.has(given.get(name) ?? '') : otherwise),
    rest,
  }
}

function split(arg: string, table: FlagTable): { name: string; value: string | undefined } {
  if (arg.startsWith('--')) {
    const [name = '', ...parts] = arg.slice(2).split('=')
    if (!table[name]) throw new FlyctlError(`unknown flag: --${name}`)
    return { name, value: parts.length > 0 ? parts.join('=') : undefined }
  }
  const short = arg.charAt(1)
  const name = Object.keys(table).find((key) => table[key]?.short === short)
  if (name === undefined) throw new FlyctlError(`unknown shorthand flag: '${short}' in ${arg}`)
  const value = arg.slice(2).replace(/^=/, '')
  return { name, value: value === '' ? undefined : value }
}

function needed(value: string | undefined, arg: string): string {
  if (value === undefined) throw new FlyctlError(`flag needs an argument: ${arg}`)
  return value
}
