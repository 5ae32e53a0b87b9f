import { z } from 'zod'
import { appFor, organizationFor } from '../apps/find-app.ts'
import { badRequest } from '../http/fly-error.ts'
import { parse, withoutNulls } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import { depotBuild, ensureBuilder } from './remote-builders.ts'

const Depot = z.looseObject({
  app_name: z.string().optional(),
  organization_id: z.string().optional(),
  builder_scope: z.enum(['organization', 'app']).default('organization'),
  region: z.string().optional(),
})

function depot({ world, principal, body }: Call) {
  const { app_name: app, organization_id: organization, builder_scope: scope } = parse(Depot, withoutNulls(body))
  if (app === undefined && (organization === undefined || scope === 'app')) {
    throw badRequest('app_name or organization_id is required')
  }
  if (app === undefined) organizationFor(world, principal, organization ?? '')
  else appFor(world, principal, app)
  const { buildId, buildToken } = depotBuild(world)
  return ok({ build_id: buildId, build_token: buildToken })
}

const Region = z.string().optional()
const Managed = z.looseObject({ region: Region, builder: z.looseObject({ region: Region }).optional() })

function managed({ world, principal, params, body }: Call) {
  parse(Managed, body)
  const { app, machine } = ensureBuilder(world, organizationFor(world, principal, params.org ?? ''))
  return { status: 201, body: { data: { app_name: app.name, machine_id: machine.id }, errors: { detail: '' } } }
}

export const builderRoutes: Route[] = [
  { method: 'POST', path: '/api/v1/builds/depot_builder', handle: depot, unlimited: true, feature: 'builder' },
  { method: 'POST', path: '/api/v1/organizations/:org/builders', handle: managed, unlimited: true, feature: 'builder' },
]
