import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, noContent, ok, type Route } from '../http/route.ts'
import { appFor, organizationFor } from './find-app.ts'
import { assignIp, checkRegion, IpType, ipView, releaseIp } from './ips.ts'

const Body = z.looseObject({
  type: z.enum([...IpType.options, 'egress_pair']),
  region: z.string().nullish(),
  org_slug: z.string().nullish(),
  network: z.string().nullish(),
  service_name: z.string().nullish(),
})

const appOf = ({ world, principal, params }: Call) => appFor(world, principal, params.app ?? '')

function assign(call: Call) {
  const { world, principal } = call
  const app = appOf(call)
  const { type, region, network, org_slug: org, service_name: serviceName } = parse(Body, call.body)
  checkRegion(type, region ?? undefined)
  if (org) organizationFor(world, principal, org)
  const wanted = { region: region ?? undefined, network: network ?? undefined, service_name: serviceName ?? undefined }
  if (type !== 'egress_pair') return ok(ipView(world, app, assignIp(world, app, { ...wanted, type })))
  const v4 = assignIp(world, app, { ...wanted, type: 'egress_v4' })
  const v6 = assignIp(world, app, { ...wanted, type: 'egress_v6' })
  return ok({ ...ipView(world, app, v4), ip: null, ip_pair: { v4: v4.ip, v6: v6.ip } })
}

function release(call: Call) {
  const app = appOf(call)
  const address = app.ips.find(({ ip }) => ip === call.params.ip)
  if (!address) throw new FlyError(404, 'ip not found')
  releaseIp(call.world, app, address)
  return noContent
}

function list(call: Call) {
  const app = appOf(call)
  return ok({ ips: app.ips.map((ip) => ipView(call.world, app, ip)) })
}

const ASSIGNMENTS = '/v1/apps/:app/ip_assignments'

export const ipRoutes: Route[] = [
  { method: 'GET', path: ASSIGNMENTS, handle: list },
  { method: 'POST', path: ASSIGNMENTS, handle: assign },
  { method: 'DELETE', path: `${ASSIGNMENTS}/:ip`, handle: release },
]
