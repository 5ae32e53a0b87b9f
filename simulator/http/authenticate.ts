import type { Grant } from '../tokens/grant.ts'
import { createPrincipal, type Principal, type Request } from '../tokens/principal.ts'
import type { World } from '../world/world.ts'
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

/** A caller with the tokens that were verified; undefined when there is none. */
export function principalOf(world: World, tokens: readonly string[], request: Request): Principal | undefined {
  const [first, ...more] = tokens.flatMap((token): Grant[] | Grant => world.tokens.verify(token, tokens) ?? [])
  if (!first) return undefined
  const numberOf = (org: string) => world.organizations.find(({ rawSlug }) => rawSlug === org)?.numericId
  return createPrincipal([first, ...more], request, numberOf)
}

interface Sent {
  header: string | undefined
  path: string
  request: Request
}

/** Who sent this header. 401 for none, an unknown, revoked or expired token, or a user token under `FlyV1`. */
export function authenticate(world: World, { header, path, request }: Sent): Principal {
  const refused = new FlyError(401, 'unauthenticated: the token is missing, unknown or revoked')
  if (!header) throw refused
  const basic = path.startsWith('/v2')
  if (!basic && !SCHEME.test(header)) throw refused
  const list = readTokens(basic ? readBasic(header) : header)
  const macaroons = list.some((token) => MACAROON.test(token))
  if (!basic && /^\s*flyv1/i.test(header) && !macaroons) throw refused
  const principal = principalOf(world, list, request)
  if (!principal) throw refused
  return principal
}
