import { z } from 'zod'
import type { Organization, TokenKind } from '#shared/contracts/accounts.ts'
import { OrgSlug } from '#shared/contracts/names.ts'
import { AppError } from '#shared/ipc/errors.ts'
import type { FlyClient } from './client.ts'
import { authorization, type Token } from './token.ts'

/** What Fly says about a token. Facts it would not tell are absent or empty. */
export interface TokenFacts {
  kind: TokenKind
  identity?: string
  organizations: Organization[]
  /** Apps a deploy token is narrowed to. */
  apps: string[]
}

const OrganizationList = z.object({
  organizations: z.array(
    z.object({
      slug: z.string(),
      raw_slug: z.string().optional(),
      name: z.string(),
      personal: z.boolean().optional(),
      billing_status: z.string().nullish(),
    }),
  ),
})

const CurrentTokens = z.object({
  tokens: z.array(
    z.object({
      org_slug: z.string().nullish(),
      organization: z.string().nullish(),
      apps: z.array(z.string()).nullish(),
      user: z.string().nullish(),
    }),
  ),
})
type CurrentToken = z.infer<typeof CurrentTokens>['tokens'][number]

const Viewer = z.object({ viewer: z.object({ __typename: z.string(), email: z.string().nullish() }).nullable() })
const VIEWER = 'query { viewer { __typename ... on User { email } ... on Macaroon { email } } }'

/**
 * Asks Fly what a token is. Deploy and org tokens are refused some of the questions, so each may fail by itself; throws
 * `unauthenticated` when Fly refuses the token altogether, and the first trouble when nothing at all could be learnt.
 */
export async function describeToken(fly: FlyClient, token: Token, signal: AbortSignal): Promise<TokenFacts> {
  const [organizations, viewer, current] = await Promise.allSettled([
    listOrganizations(fly, signal),
    readViewer(fly, signal),
    token.macaroons.length > 0 ? readCurrentTokens(fly, signal) : Promise.resolve([]),
  ])
  signal.throwIfAborted()
  // For a person's token the third question was not asked, so its answer proves nothing.
  const asked = token.macaroons.length > 0 ? [organizations, viewer, current] : [organizations, viewer]
  failIfNothingWasLearnt(asked)
  const known = {
    organizations: answerOf(organizations) ?? [],
    viewer: answerOf(viewer),
    current: answerOf(current) ?? [],
  }
  const kind = kindOf(token, known)
  const seen = known.organizations.length > 0 ? known.organizations : organizationsOf(known.current)
  const refined = kind === 'org' && (await isReadOnly(fly, { token, org: seen[0]?.slug, signal })) ? 'readonly' : kind
  const identity = known.viewer?.email ?? undefined
  return {
    kind: refined,
    ...(identity && kind === 'user' ? { identity } : {}),
    organizations: seen,
    apps: known.current.flatMap(({ apps }) => apps ?? []),
  }
}

/** The cheapest question that a good token is never answered with 401. Throws `unauthenticated` for a refused one. */
export async function checkToken(fly: FlyClient, token: Token, signal: AbortSignal): Promise<void> {
  await (token.macaroons.length > 0 ? readCurrentTokens(fly, signal) : listOrganizations(fly, signal))
}

interface Known {
  organizations: Organization[]
  viewer: { __typename: string } | null | undefined
  current: CurrentToken[]
}

/** Decided from the outside: nothing inside a macaroon is decoded. */
export function kindOf(token: Pick<Token, 'userTokens'>, { organizations, viewer, current }: Known): TokenKind {
  if (token.userTokens.length > 0 || viewer?.__typename === 'User') return 'user'
  if (current.some(({ apps }) => apps && apps.length > 0)) return 'deploy'
  if (organizations.length > 1) return 'user'
  if (organizations.length === 1 || current.some(({ org_slug }) => org_slug)) return 'org'
  return 'unknown'
}

async function listOrganizations(fly: FlyClient, signal: AbortSignal): Promise<Organization[]> {
  const { organizations } = await fly({
    service: 'rest',
    path: '/api/v1/organizations',
    query: { admin: false },
    schema: OrganizationList,
    signal,
  })
  return organizations.flatMap(({ slug, raw_slug, name, personal = false, billing_status }) => {
    // `slug` may be the alias "personal"; the raw one is unique.
    const parsed = OrgSlug.safeParse(raw_slug ?? slug)
    const billing = billing_status ? { billingStatus: billing_status } : {}
    return parsed.success ? [{ slug: parsed.data, name, personal, ...billing }] : []
  })
}

async function readViewer(fly: FlyClient, signal: AbortSignal): Promise<z.infer<typeof Viewer>['viewer']> {
  const body = { query: VIEWER, variables: {} }
  return (await fly({ service: 'graphql', method: 'POST', path: '/graphql', body, schema: Viewer, signal })).viewer
}

async function readCurrentTokens(fly: FlyClient, signal: AbortSignal): Promise<CurrentToken[]> {
  return (await fly({ service: 'machines', path: '/v1/tokens/current', schema: CurrentTokens, signal })).tokens
}

const organizationsOf = (tokens: CurrentToken[]): Organization[] =>
  tokens.flatMap(({ org_slug, organization }) => {
    const slug = OrgSlug.safeParse(org_slug)
    return slug.success ? [{ slug: slug.data, name: organization ?? slug.data, personal: false }] : []
  })

interface WriteQuestion {
  token: Token
  org: string | undefined
  signal: AbortSignal
}

/** Asks whether the token may write in its organization. Not knowing counts as yes: Fly refuses what it refuses. */
async function isReadOnly(fly: FlyClient, { token, org, signal }: WriteQuestion): Promise<boolean> {
  const path = '/v1/tokens/authorize'
  const body = { header: authorization(token, 'machines', path), access: { action: 'w', org_slug: org } }
  try {
    await fly({ service: 'machines', method: 'POST', path, body, schema: z.unknown(), signal })
    return false
  } catch (error) {
    signal.throwIfAborted()
    return error instanceof AppError && (error.code === 'invalid-input' || error.code === 'forbidden')
  }
}

function failIfNothingWasLearnt(answers: PromiseSettledResult<unknown>[]): void {
  const failures = answers.filter((answer) => answer.status === 'rejected').map(({ reason }): unknown => reason)
  if (failures.length < answers.length) return
  throw failures.find((reason) => reason instanceof AppError && reason.code === 'unauthenticated') ?? failures[0]
}

const answerOf = <T>(result: PromiseSettledResult<T>): T | undefined =>
  result.status === 'fulfilled' ? result.value : undefined
