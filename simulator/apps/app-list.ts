import { z } from 'zod'
import { badRequest, forbidden } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, ok } from '../http/route.ts'
import { mayUseAllApps } from '../tokens/principal.ts'
import type { App } from '../world/types.ts'
import { appView } from './app-view.ts'
import { organizationFor } from './find-app.ts'

const Query = z.looseObject({
  org_slug: z.string().min(1),
  app_role: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(5000).optional(),
  cursor: z.string().optional(),
})

/** When the first page was asked for, how many apps there were then, and the last one that was shown. */
const Cursor = z.object({ since: z.number(), total: z.number(), after: z.tuple([z.number(), z.string()]) })
type Cursor = z.infer<typeof Cursor>

/** Milliseconds a cursor is good for after the first page (Machines API description of 2026). */
const GOOD_FOR = 30 * 60_000

function readCursor(text: string, now: number): Cursor {
  const refused = badRequest('invalid cursor: it is not one of this list, or older than 30 minutes')
  try {
    const cursor = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    if (now - cursor.since <= GOOD_FOR) return cursor
  } catch {
    // Not one of ours: the same refusal.
  }
  throw refused
}

const writeCursor = (cursor: Cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url')

const oldestFirst = (a: App, b: App) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)

/** Whole without a limit; with one in pages of the apps that were there when the first was asked for. */
export function listApps(call: Call) {
  const { world, principal } = call
  const { org_slug: slug, app_role: role, limit, cursor: text } = parse(Query, call.query)
  const organization = organizationFor(world, principal, slug)
  if (!mayUseAllApps(principal, organization)) throw forbidden()
  const now = world.clock.now()
  const apps = [...world.apps.values()].filter(
    (app) => app.org === organization.rawSlug && (role === undefined || app.role === role),
  )
  if (limit === undefined) {
    if (text !== undefined) throw badRequest('cursor needs a limit')
    return ok({ total_apps: apps.length, apps: apps.map((app) => appView(world, app)) })
  }
  const cursor =
    text === undefined ? { since: now, total: apps.length, after: [0, ''] as const } : readCursor(text, now)
  const [createdAt, id] = cursor.after
  const rest = apps
    .filter(
      (app) =>
        app.createdAt <= cursor.since && (app.createdAt > createdAt || (app.createdAt === createdAt && app.id > id)),
    )
    .sort(oldestFirst)
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  const next =
    last && rest.length > limit ? { next_cursor: writeCursor({ ...cursor, after: [last.createdAt, last.id] }) } : {}
  return ok({ total_apps: cursor.total, apps: page.map((app) => appView(world, app)), ...next })
}
