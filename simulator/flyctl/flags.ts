import { UsageError } from './failure.ts'

interface Flag {
  /** A `list` may be given several times, and takes several values at once; of `each` a comma is part. */
  kind: 'text' | 'yes-no' | 'number' | 'duration' | 'list' | 'each'
  short?: string
}

export type FlagTable = Readonly<Record<string, Flag>>

export interface Flags {
  text: (name: string) => string | undefined
  /** A yes-no flag that is absent is `otherwise`. */
  on: (name: string, otherwise?: boolean) => boolean
  number: (name: string) => number | undefined
  /** A duration in ms. */
  ms: (name: string) => number | undefined
  list: (name: string) => string[]
  /** What is no flag, in order. */
  rest: string[]
}

export const APP: FlagTable = { app: { kind: 'text', short: 'a' }, config: { kind: 'text', short: 'c' } }
export const ORG: FlagTable = { org: { kind: 'text', short: 'o' } }
export const REGION: FlagTable = { region: { kind: 'text', short: 'r' } }
export const JSON_OUTPUT: FlagTable = { json: { kind: 'yes-no', short: 'j' } }
export const YES: FlagTable = { yes: { kind: 'yes-no', short: 'y' } }
export const QUIET: FlagTable = { quiet: { kind: 'yes-no', short: 'q' } }
export const DETACH: FlagTable = { detach: { kind: 'yes-no' } }
export const VM_SIZE: FlagTable = {
  'vm-size': { kind: 'text' },
  'vm-cpu-kind': { kind: 'text' },
  'vm-cpus': { kind: 'number' },
  'vm-memory': { kind: 'text' },
  'host-dedication-id': { kind: 'text' },
}

/** Flags every command takes. */
export const GLOBAL: FlagTable = {
  'access-token': { kind: 'text', short: 't' },
  help: { kind: 'yes-no', short: 'h' },
  verbose: { kind: 'yes-no' },
  debug: { kind: 'yes-no' },
}

const TRUE = new Set(['1', 't', 'true', 'TRUE', 'True', 'T'])
const FALSE = new Set(['0', 'f', 'false', 'FALSE', 'False', 'F'])
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

interface Reading {
  table: FlagTable
  waiting: string[]
  add: (name: string, value: string) => void
}

/** Reads the command line the way flyctl's own parser does: `--ha=false`, `-a shop`, `-ashop`, `-yj`, `--app shop`. */
export function readFlags(args: readonly string[], own: FlagTable): Flags {
  const table = { ...GLOBAL, ...own }
  const given = new Map<string, string[]>()
  const add = (name: string, value: string) => given.set(name, [...(given.get(name) ?? []), value])
  const rest: string[] = []
  const waiting = [...args]
  for (let arg = waiting.shift(); arg !== undefined; arg = waiting.shift()) {
    if (arg === '--') rest.push(...waiting.splice(0))
    else if (!arg.startsWith('-') || arg === '-') rest.push(arg)
    else if (arg.startsWith('--')) readLong(arg, { table, waiting, add })
    else readShort(arg, { table, waiting, add })
  }
  const text = (name: string) => given.get(name)?.at(-1)
  const defined = <Value>(name: string, read: (value: string) => Value) => {
    const value = text(name)
    return value === undefined ? undefined : read(value)
  }
  return {
    text,
    on: (name, otherwise = false) => defined(name, (value) => TRUE.has(value)) ?? otherwise,
    number: (name) => defined(name, Number),
    ms: (name) => defined(name, readDuration),
    list: (name) =>
      (given.get(name) ?? []).flatMap((value) => (table[name]?.kind === 'each' ? value : value.split(','))),
    rest,
  }
}

function readLong(arg: string, { table, waiting, add }: Reading): void {
  const [name = '', ...parts] = arg.slice(2).split('=')
  const flag = table[name]
  if (!flag) throw new UsageError(`unknown flag: --${name}`)
  const value = parts.length > 0 ? parts.join('=') : neededValue(flag, { waiting, arg })
  add(name, checked(value, { name, flag }))
}

function readShort(arg: string, { table, waiting, add }: Reading): void {
  for (let at = 1; at < arg.length; at += 1) {
    const short = arg.charAt(at)
    const found = Object.entries(table).find(([, flag]) => flag.short === short)
    if (!found) throw new UsageError(`unknown shorthand flag: '${short}' in ${arg}`)
    const [name, flag] = found
    const attached = arg.slice(at + 1)
    if (flag.kind === 'yes-no' && !attached.startsWith('=')) {
      add(name, 'true')
      continue
    }
    const value =
      attached === '' ? neededValue(flag, { waiting, arg: `'${short}' in ${arg}` }) : attached.replace(/^=/, '')
    add(name, checked(value, { name, flag }))
    return
  }
}

function neededValue({ kind }: Flag, { waiting, arg }: { waiting: string[]; arg: string }): string {
  if (kind === 'yes-no') return 'true'
  const value = waiting.shift()
  if (value === undefined) throw new UsageError(`flag needs an argument: ${arg}`)
  return value
}

function checked(value: string, { name, flag: { kind, short } }: { name: string; flag: Flag }): string {
  const why = complaint(kind, value)
  if (why === undefined) return value
  const shown = short === undefined ? `--${name}` : `-${short}, --${name}`
  throw new UsageError(`invalid argument "${value}" for "${shown}" flag: ${why}`)
}

function complaint(kind: Flag['kind'], value: string): string | undefined {
  if (kind === 'yes-no' && !TRUE.has(value) && !FALSE.has(value))
    return `strconv.ParseBool: parsing "${value}": invalid syntax`
  if (kind === 'number' && !/^-?\d+$/.test(value)) return `strconv.ParseInt: parsing "${value}": invalid syntax`
  if (kind === 'duration' && Number.isNaN(readDuration(value))) return `time: invalid duration "${value}"`
  return undefined
}

/** `1h30m`, `45s`, `0`; NaN when it is none. */
function readDuration(value: string): number {
  if (value === '0') return 0
  if (!/^([\d.]+(ms|s|m|h))+$/.test(value)) return Number.NaN
  const parts = [...value.matchAll(/([\d.]+)(ms|s|m|h)/g)]
  return parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (UNIT_MS[unit] ?? 0), 0)
}
