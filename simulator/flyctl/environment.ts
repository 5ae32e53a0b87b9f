import type { Flags, FlagTable } from './flags.ts'

/** Flags that a variable stands for where they are not given. */
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  app: ['FLY_APP'],
  org: ['FLY_ORG', 'FLY_ORGANIZATION'],
  region: ['FLY_REGION'],
  json: ['FLY_JSON'],
}
/** What flyctl takes for yes in a variable. */
const YES = new Set(['1', 'ok', 't', 'true'])

interface Environment {
  env: Readonly<Record<string, string | undefined>>
  /** The command's own flags: a variable means nothing to a command without its flag. */
  table: FlagTable
}

export function withEnvironment(flags: Flags, { env, table }: Environment): Flags {
  const variable = (name: string) => {
    if (!table[name]) return undefined
    return VARIABLES[name]?.map((key) => env[key]).find((value) => value !== undefined && value !== '')
  }
  return {
    ...flags,
    text: (name) => flags.text(name) ?? variable(name),
    on(name, otherwise) {
      if (flags.text(name) !== undefined) return flags.on(name, otherwise)
      const value = variable(name)
      return value === undefined ? (otherwise ?? false) : YES.has(value.toLowerCase())
    },
  }
}
