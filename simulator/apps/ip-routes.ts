import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, noContent, ok, type Route } from '../http/route.ts'
import type { App, IpAddress } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { appFor } from './find-app.ts'

export const IpType = z.enum(['v4', 'v6', 'shared_v4', 'private_v6', 'egress_v4', 'egress_v6'])
const Body = z.looseObject({
  type: IpType,
  region: z.string().optional(),
  network: z.string().optional(),
  service_name: z.string().optional(),
})

function address({ random }: World, type: z.infer<typeof IpType>): string {
  if (type === 'private_v6') return `fdaa:2:8812:0:1::${random.hex(1)}${random.int(1, 9)}`
  if (type === 'v6' || type === 'egress_v6') return `2a09:8280:1::${random.hex(2)}:${random.hex(4)}:0`
  return `${type === 'shared_v4' ? '66.241' : '137.66'}.${random.int(1, 125)}.${random.int(1, 254)}`
}

export interface NewIp {
  type: z.infer<typeof IpType>
  region?: string | undefined
  network?: string | undefined
  service_name?: string | undefined
}

export function assignIp(
  world: World,
  app: App,
  { type, region = 'global', network = '', service_name: serviceName = '' }: NewIp,
): IpAddress {
  const ip = {
    id: `ip_${world.random.hex(12)}`,
    ip: address(world, type),
    type,
    region,
    shared: type === 'shared_v4',
    serviceName,
    network,
    createdAt: world.clock.now(),
  }
  app.ips.push(ip)
  return ip
}

const ipView = ({ ip, region, serviceName, shared, createdAt, type }: IpAddress) => ({
  ip,
  region,
  service_name: serviceName,
  shared,
  egress: type.startsWith('egress'),
  created_at: new Date(createdAt).toISOString(),
})

const appOf = ({ world, principal, params }: Call) => appFor(world, principal, params.app ?? '')

function assign(call: Call) {
  return ok(ipView(assignIp(call.world, appOf(call), parse(Body, call.body))))
}

function release(call: Call) {
  const app = appOf(call)
  const index = app.ips.findIndex(({ ip }) => ip === call.params.ip)
  if (index === -1) throw new FlyError(404, 'ip not found')
  app.ips.splice(index, 1)
  return noContent
}

export const ipRoutes: Route[] = [
  { method: 'GET', path: '/v1/apps/:app/ip_assignments', handle: (call) => ok({ ips: appOf(call).ips.map(ipView) }) },
  { method: 'POST', path: '/v1/apps/:app/ip_assignments', handle: assign },
  { method: 'DELETE', path: '/v1/apps/:app/ip_assignments/:ip', handle: release },
]
