import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** A stored login older than this counts as signed out; tokens from the environment never do (flyctl since 0.3.208). */
const LOGIN_LASTS_MS = 30 * 24 * 3600 * 1000

export const configDir = (env: Environment): string => env.FLY_CONFIG_DIR ?? join(env.HOME ?? homedir(), '.fly')

/** The flag wins, then the first variable that is present, even when it is empty, then config.yml. */
export function readToken(env: Environment, flag: string | undefined): string | undefined {
  const given = flag ?? env.FLY_ACCESS_TOKEN ?? env.FLY_API_TOKEN
  if (given !== undefined && given !== '') return given.replace(/^(FlyV1|Bearer)\s+/i, '').trim()
  return storedLogin(join(configDir(env), 'config.yml'))
}

function storedLogin(file: string): string | undefined {
  try {
    const content = readFileSync(file, 'utf8')
    const token = /^access_token:\s*["']?([^"'\n]+)/m.exec(content)?.[1]?.trim()
    const lastLogin = Date.parse(/^last_login:\s*["']?([^"'\n]+)/m.exec(content)?.[1]?.trim() ?? '')
    return Date.now() - lastLogin < LOGIN_LASTS_MS ? token : undefined
  } catch {
    // No such file: nobody signed in here.
    return undefined
  }
}

/** Macaroons travel as `FlyV1`, anything else as `Bearer`; uiex is always told Bearer. */
export const authorization = (token: string, service: 'flaps' | 'graphql' | 'rest' | 'uiex'): string =>
  service !== 'uiex' && /(^|,)fm(1[ar]|2)_/.test(token) ? `FlyV1 ${token}` : `Bearer ${token}`
