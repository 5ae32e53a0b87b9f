import { z } from 'zod'
import { appFor } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import type { App } from '../world/types.ts'
import { secretView, writeSecrets } from './secrets.ts'

const Version = z.coerce.number().int().nonnegative().optional()
/** The description says `min_version`, the official client sends `version`. */
const ListQuery = z.looseObject({ min_version: Version, version: Version })
const Name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'not a name for an environment variable')
const Values = z.looseObject({ values: z.record(Name, z.union([z.string(), z.null()])) })

const appOf = ({ world, principal, params }: Call): App => appFor(world, principal, params.app ?? '')
const versions = ({ secretsVersion }: App) => ({ version: secretsVersion, Version: secretsVersion })
const views = (app: App) => [...app.secrets.values()].map(secretView)

function list(call: Call) {
  const app = appOf(call)
  const { min_version: least, version } = parse(ListQuery, call.query)
  if ((least ?? version ?? 0) > app.secretsVersion) throw new FlyError(422, 'that secrets version is not there yet')
  return ok({ secrets: views(app) })
}

function setMany(call: Call) {
  const app = appOf(call)
  writeSecrets(app, parse(Values, call.body).values, call.world.clock.now())
  return ok({ secrets: views(app), ...versions(app) })
}

function secretFor(call: Call) {
  const secret = appOf(call).secrets.get(call.params.secret ?? '')
  if (!secret) throw new FlyError(404, 'secret not found')
  return secret
}

function setOne(call: Call) {
  const app = appOf(call)
  const { value } = parse(z.looseObject({ value: z.string() }), call.body)
  const name = parse(Name, call.params.secret)
  writeSecrets(app, { [name]: value }, call.world.clock.now())
  return { status: 201, body: { ...secretView(secretFor(call)), ...versions(app) } }
}

function remove(call: Call) {
  const app = appOf(call)
  secretFor(call)
  writeSecrets(app, { [call.params.secret ?? '']: null }, call.world.clock.now())
  return ok(versions(app))
}

const SECRETS = '/v1/apps/:app/secrets'

export const secretRoutes: Route[] = [
  { method: 'GET', path: SECRETS, handle: list },
  { method: 'POST', path: SECRETS, handle: setMany },
  { method: 'GET', path: `${SECRETS}/:secret`, handle: (call) => ok(secretView(secretFor(call))) },
  { method: 'POST', path: `${SECRETS}/:secret`, handle: setOne },
  { method: 'DELETE', path: `${SECRETS}/:secret`, handle: remove },
]
