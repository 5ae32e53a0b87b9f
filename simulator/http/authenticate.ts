import type { Principal } from '../tokens/principal.ts'
import type { TokenBook } from '../tokens/tokens.ts'
import { FlyError } from './fly-error.ts'

const SCHEME = /^\s*(bearer|flyv1)\s+/i
const MACAROON = /^(fm2|fm1r|fm1a)_/

/** Strips scheme words however often they stand there, as Fly's own parser does (macaroon format). */
function strip(text: string): string {
  const rest = text.replace(SCHEME, '')
  return rest === text ? text.trim() : strip(rest)
}

export function readTokens(header: string): string[] {
  return strip(header)
    .split(',')
    .map((token) => token.trim())
    .filter((token) => token !== '')
}

/** `registry` takes `Basic base64("x:" + token)`, everything else `Bearer …` or `FlyV1 …`. */
function readBasic(header: string): string {
  const [, encoded] = /^basic\s+(\S+)$/i.exec(header) ?? []
  const text = Buffer.from(encoded ?? '', 'base64').toString()
  return text.slice(text.indexOf(':') + 1)
}

/** Who sent this header. 401 for none, an unknown or a revoked token, or a user token under `FlyV1`. */
export function authenticate(tokens: TokenBook, header: string | undefined, path: string): Principal {
  const refused = new FlyError(401, 'unauthenticated: the token is missing, unknown or revoked')
  if (!header) throw refused
  const basic = path.startsWith('/v2')
  if (!basic && !SCHEME.test(header)) throw refused
  const list = readTokens(basic ? readBasic(header) : header)
  const macaroons = list.some((token) => MACAROON.test(token))
  if (!basic && /^\s*flyv1/i.test(header) && !macaroons) throw refused
  for (const token of list) {
    const principal = tokens.find(token)
    if (principal) return principal
  }
  throw refused
}
