import { z } from 'zod'
import type { FlyClient } from './client.ts'
import { itemsOf, maybe } from './lenient.ts'

export interface FlyApp {
  name: string
  org: string
  /** pending, deployed, suspended. */
  status: string
  network?: string | undefined
}

const RawApp = z.object({
  name: z.string().min(1),
  status: z.string().catch(''),
  network: maybe(z.string()),
  organization: maybe(z.object({ slug: maybe(z.string()) })),
})

/** Fly names the caller's own organization `personal` here; the slug it was asked for is the one that is used elsewhere. */
function appOf({ name, status, network, organization }: z.infer<typeof RawApp>, org: string): FlyApp {
  return { name, org: org || organization?.slug || '', status, network: network || undefined }
}

interface OfOrg {
  org: string
  signal: AbortSignal
}

interface OfApp {
  app: string
  signal: AbortSignal
}

/** Every app of an organization, without paging. */
export function listApps(fly: FlyClient, { org, signal }: OfOrg): Promise<FlyApp[]> {
  return fly({
    service: 'machines',
    path: '/v1/apps',
    query: { org_slug: org },
    limit: { action: 'list-apps', id: org },
    schema: z.object({ apps: itemsOf(RawApp) }).transform(({ apps }) => apps.map((app) => appOf(app, org))),
    signal,
  })
}

/** `not-found` = the name is free; `forbidden` = somebody else has it. Briefly either just after it was created. */
export function getApp(fly: FlyClient, { app, signal }: OfApp): Promise<FlyApp> {
  const limit = { action: 'get-app', id: app }
  const schema = RawApp.transform((raw) => appOf(raw, ''))
  return fly({ service: 'machines', path: `/v1/apps/${app}`, limit, schema, signal })
}

interface NewApp extends OfOrg {
  app: string
  /** Name of a private network of its own: machines of other networks cannot reach it. */
  network?: string | undefined
}

export function createApp(fly: FlyClient, { app, org, network, signal }: NewApp): Promise<unknown> {
  return fly({
    service: 'machines',
    method: 'POST',
    path: '/v1/apps',
    body: { name: app, org_slug: org, ...(network ? { network } : {}) },
    limit: { action: 'create-app', id: org },
    schema: z.unknown(),
    signal,
  })
}

/** With everything in it: machines, volumes and their snapshots. */
export function deleteApp(fly: FlyClient, { app, signal }: OfApp): Promise<unknown> {
  return fly({
    service: 'machines',
    method: 'DELETE',
    path: `/v1/apps/${app}`,
    query: { force: true },
    limit: { action: 'delete-app', id: app },
    schema: z.unknown(),
    signal,
  })
}

/** Names of the apps a token is narrowed to; empty when it is not, or cannot say. */
export function appsOfToken(fly: FlyClient, signal: AbortSignal): Promise<string[]> {
  const Answer = z.object({ tokens: itemsOf(z.object({ apps: itemsOf(z.string()) })) })
  return fly({
    service: 'machines',
    path: '/v1/tokens/current',
    schema: Answer.transform(({ tokens }) => [...new Set(tokens.flatMap(({ apps }) => apps))]),
    signal,
  })
}
