import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from './context.ts'
import { configDir } from './token.ts'

type Place = Pick<Context, 'env'>

/** `app_secrets_minvers:` and the lines below it that are set in, or `{}` beside it. */
const BLOCK = /^app_secrets_minvers:.*\n?((?:[ \t]+.*\n?)*)/m
const ENTRY = /^[ \t]+"?([\w-]+)"?:[ \t]*(\d+)/gm

const fileOf = ({ env }: Place): string => join(configDir(env), 'config.yml')

function readConfig(place: Place): string {
  try {
    return readFileSync(fileOf(place), 'utf8')
  } catch {
    // No file yet: nothing was set from here.
    return ''
  }
}

function versions(content: string): Map<string, number> {
  const [, entries = ''] = BLOCK.exec(content) ?? []
  return new Map([...entries.matchAll(ENTRY)].map(([, app = '', version]) => [app, Number(version)]))
}

/** The version of an app's secrets that was last set from here: what its machines get must be no older (flyctl). */
export const minSecretsVersion = (place: Place, app: string): number | undefined => versions(readConfig(place)).get(app)

/** The same, as a member of what makes or changes a machine. */
export function minSecrets(place: Place, app: string): { min_secrets_version?: number } {
  const version = minSecretsVersion(place, app)
  return version === undefined ? {} : { min_secrets_version: version }
}

export function keepSecretsVersion(place: Place, app: string, version: number): void {
  const content = readConfig(place)
  const entries = [...versions(content).set(app, version)].map(([name, at]) => `    ${name}: ${at}\n`)
  mkdirSync(configDir(place.env), { recursive: true, mode: 0o700 })
  const rest = content.replace(BLOCK, '')
  const end = rest === '' || rest.endsWith('\n') ? '' : '\n'
  writeFileSync(fileOf(place), `${rest}${end}app_secrets_minvers:\n${entries.join('')}`, { mode: 0o600 })
}
