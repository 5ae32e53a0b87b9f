import { z } from 'zod'
import { findOrganization } from '../apps/find-app.ts'
import { principalOf, readTokens } from '../http/authenticate.ts'
import { badRequest } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, ok } from '../http/route.ts'
import type { World } from '../world/world.ts'
import { readAction, writeAction } from './actions.ts'
import { verifiedToken } from './token-views.ts'

const Name = z.string().optional()
const Asked = z.looseObject({
  // Letters: r read, w write, c create, d delete, C control.
  action: z.string().regex(/^(\*|[rwcdC]+)$/, 'letters of rwcdC'),
  org_slug: Name,
  app_name: Name,
  machine_id: Name,
  volume_id: Name,
  org_feature: Name,
  app_feature: Name,
  machine_feature: Name,
  storage_object: Name,
  mutation: Name,
  command: z.array(z.string()).optional(),
  source_machine: Name,
})
type Asked = z.infer<typeof Asked>

const Body = z.looseObject({ header: z.string().min(1), access: Asked })

const count = (...names: unknown[]) => names.filter((name) => name !== undefined).length

/** One access speaks of one thing, and of what it belongs to (macaroon library). */
function refuseNonsense({ app_name: app, machine_id: machine, volume_id: volume, ...access }: Asked): void {
  const partsOfApp = count(machine, volume, access.app_feature)
  const partsOfMachine = count(access.command, access.machine_feature)
  if (count(app, access.org_feature, access.storage_object) > 1) throw badRequest('resources are mutually exclusive')
  if (partsOfApp > 1 || partsOfMachine > 1) throw badRequest('resources are mutually exclusive')
  if (partsOfApp > 0 && app === undefined) throw badRequest('must specify app if app-owned resource is specified')
  if (partsOfMachine > 0 && machine === undefined) throw badRequest('must specify machine')
}

function placeOf(world: World, { org_slug: slug, app_name: name }: Asked) {
  const app = name === undefined ? undefined : world.apps.get(name)
  if (name !== undefined && !app) throw badRequest('app not found')
  const organization = findOrganization(world, slug ?? app?.org ?? '')
  if (!organization) throw badRequest('must specify org')
  if (app && app.org !== organization.rawSlug) throw badRequest('the app is not in this organization')
  return { app, organization }
}

/** Whether the tokens of a header allow something; the answer names the one that does. */
export function authorizeRoute({ world, body }: Call) {
  const { header, access } = parse(Body, body)
  refuseNonsense(access)
  const { app, organization } = placeOf(world, access)
  const wish = {
    action: readAction(access.action),
    app: app?.numericId,
    machine: access.machine_id,
    volume: access.volume_id,
    feature: access.org_feature,
    appFeature: access.app_feature,
    machineFeature: access.machine_feature,
    storageObject: access.storage_object,
    mutation: access.mutation,
    command: access.command,
    sourceMachine: access.source_machine,
  }
  const grant = principalOf(world, readTokens(header), wish)?.allowing({ ...wish, org: organization.rawSlug })
  if (!grant) throw badRequest('unauthorized')
  const seen = {
    action: writeAction(wish.action),
    orgid: organization.numericId,
    appid: app?.numericId,
    app_feature: wish.appFeature,
    feature: wish.feature,
    machine: wish.machine,
    machine_feature: wish.machineFeature,
    volume: wish.volume,
    mutation: wish.mutation,
    sourceMachine: wish.sourceMachine,
    command: wish.command,
    storage_object: wish.storageObject,
  }
  return ok({ access: seen, verified_token: verifiedToken(grant) })
}
