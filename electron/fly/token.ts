import { AppError } from '#shared/ipc/errors.ts'

/** A token list as Fly's clients take it: one or more tokens joined by commas, without a scheme word. */
export interface Token {
  /** Everything, in the order it was pasted. Never split apart for storage: a macaroon needs its discharges. */
  value: string
  macaroons: readonly string[]
  /** OAuth tokens of a person (`fo1_…`). */
  userTokens: readonly string[]
  /** The last four characters: all of it that may be shown. */
  ending: string
}

/** Prefixes Fly's own parser treats as macaroons. */
const MACAROON = /^(fm2|fm1r|fm1a)_[A-Za-z0-9+/=_-]{4,}$/
const USER_TOKEN = /^fo1_[A-Za-z0-9_-]{4,}$/

/** What people copy along: quotes, `Authorization:`, `export FLY_API_TOKEN=`, and scheme words, even twice. */
const WRAPPING = /^(["'`]|authorization:|(export )?FLY_(API|ACCESS)_TOKEN=|FlyV1\s|Bearer\s)\s*/i

/** Accepts a token as pasted. Throws `invalid-input` with what a token looks like; never repeats what was given. */
export function parseToken(pasted: string): Token {
  const parts = unwrap(pasted)
    .split(/,|\s+(?=(?:fm2|fm1r|fm1a|fo1)_)/)
    .map((part) => joinLines(part.trim()))
    .filter((part) => part !== '')
  if (parts.length === 0) throw new AppError('invalid-input', 'There is no token here. Copy the token, then paste it.')
  const macaroons = parts.filter((part) => MACAROON.test(part))
  const userTokens = parts.filter((part) => USER_TOKEN.test(part))
  if (macaroons.length + userTokens.length < parts.length) throw notAToken()
  const value = parts.join(',')
  return { value, macaroons, userTokens, ending: value.slice(-4) }
}

function unwrap(text: string): string {
  const bare = text
    .trim()
    .replace(WRAPPING, '')
    .replace(/["'`;]$/, '')
  return bare === text ? bare : unwrap(bare)
}

/** Terminals break long macaroons over lines. Nothing else in a token may hold white space. */
const joinLines = (part: string) => (/^fm(2|1r|1a)_/.test(part) ? part.replace(/\s*[\r\n]+\s*/g, '') : part)

const notAToken = () =>
  new AppError(
    'invalid-input',
    'This is not a Fly.io token. A token begins with FlyV1, fm2_ or fo1_: copy all of it, for example from `fly tokens create org`.',
  )

export type Service = 'machines' | 'graphql' | 'rest'

/**
 * The Authorization header, as Fly's own clients send it. Machines API and logs take macaroons alone when there are any;
 * only GraphQL takes the mixed list; the rest of the REST API takes everything as Bearer (fly-go, flyctl source).
 */
export function authorization(token: Token, service: Service, path: string): string {
  const all = token.value
  if (service === 'rest' && !LOGS.test(path)) return `Bearer ${all}`
  if (token.macaroons.length === 0) return `Bearer ${all}`
  return `FlyV1 ${service === 'graphql' ? all : token.macaroons.join(',')}`
}

const LOGS = /^\/api\/v1\/apps\/[^/]+\/logs/
