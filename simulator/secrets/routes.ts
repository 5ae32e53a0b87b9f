import { z } from 'zod'
import { appFor } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import { Flag, parse } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import type { App } from '../world/types.ts'
import { secretView, writeSecrets } from './secrets.ts'
import { checkVersion, versionsOf } from './versions.ts'

const Name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'not a name for an environment variable')
const Values = z.looseObject({ values: z.record(Name, z.union([z.string(), z.null()])) })
/** Asked for or not, values stay hidden: digests are all there is to see. */
const Shown = z.looseObject({ show_secrets: Flag.optional() })

const appOf = ({ world, principal, params }: Call): App => appFor(world, principal, params.app ?? '')
const views = (app: App) => [...app.secrets.values()].map(secretView)

function list(call: Call) {
  const app = appOf(call)
  parse(Shown, call.query)
  checkVersion(app, call.query)
  return ok({ secrets: views(app) })
}

function setMany(call: Call) {
  const app = appOf(call)
  writeSecrets(call.world, app, parse(Values, call.body).values)
  return ok({ secrets: views(app), ...versionsOf(app) })
}

function secretFor(call: Call) {
  const secret = appOf(call).secrets.get(call.params.secret ?? '')
  if (!secret) throw new FlyError(404, 'secret not found')
  return secret
}

function get(call: Call) {
  parse(Shown, call.query)
  checkVersion(appOf(call), call.query)
  return ok(secretView(secretFor(call)))
}

function setOne(call: Call) {
  const app = appOf(call)
  const { value } = parse(z.looseObject({ value: z.string() }), call.body)
  const name = parse(Name, call.params.secret)
  writeSecrets(call.world, app, { [name]: value })
  return { status: 201, body: { ...secretView(secretFor(call)), ...versionsOf(app) } }
}

function remove(call: Call) {
  const app = appOf(call)
  secretFor(call)
  writeSecrets(call.world, app, { [call.params.secret ?? '']: null })
  return ok(versionsOf(app))
}

const SECRETS = '/v1/apps/:app/secrets'

export const secretRoutes: Route[] = [
  { method: 'GET', path: SECRETS, handle: list },
  { method: 'POST', path: SECRETS, handle: setMany },
  { method: 'GET', path: `${SECRETS}/:secret`, handle: get },
  { method: 'POST', path: `${SECRETS}/:secret`, handle: setOne },
  { method: 'DELETE', path: `${SECRETS}/:secret`, handle: remove },
]
