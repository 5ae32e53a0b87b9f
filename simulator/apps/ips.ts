import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { checkTrialAddress } from '../organizations/trial.ts'
import { REGIONS } from '../platform/regions.ts'
import type { App, IpAddress } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { organizationOf } from './find-app.ts'
import { networkPrefix } from './network.ts'

export const IpType = z.enum(['v4', 'v6', 'shared_v4', 'private_v6', 'egress_v4', 'egress_v6'])
type IpType = z.infer<typeof IpType>

function address({ random }: World, app: App, type: IpType): string {
  if (type === 'private_v6') return `${networkPrefix(app)}:0:1::${random.hex(1)}${random.int(1, 9)}`
  if (type === 'v6' || type === 'egress_v6') return `2a09:8280:1::${random.hex(2)}:${random.hex(4)}:0`
  return `${type === 'shared_v4' ? '66.241' : '137.66'}.${random.int(1, 125)}.${random.int(1, 254)}`
}

export interface NewIp {
  type: IpType
  region?: string | undefined
  network?: string | undefined
  service_name?: string | undefined
}

export function assignIp(
  world: World,
  app: App,
  { type, region, network = '', service_name: serviceName = '' }: NewIp,
): IpAddress {
  checkTrialAddress(world, app, type)
  const ip = {
    id: `ip_${world.random.hex(12)}`,
    ip: address(world, app, type),
    type,
    region: region || 'global',
    shared: type === 'shared_v4',
    serviceName,
    network,
    createdAt: world.clock.now(),
  }
  app.ips.push(ip)
  world.effects.add({ kind: 'ip', id: ip.ip, change: 'assigned', to: app.name })
  return ip
}

export function releaseIp(world: World, app: App, address: IpAddress): void {
  app.ips = app.ips.filter((candidate) => candidate !== address)
  world.effects.add({ kind: 'ip', id: address.ip, change: 'released', from: app.name })
}

/** Egress addresses live in one region, everything else is anycast unless a region was named. */
export function checkRegion(type: string, region: string | undefined): void {
  if (!region && type.startsWith('egress')) throw new FlyError(422, 'an egress address needs a region')
  if (region && region !== 'global' && !REGIONS.some(({ code }) => code === region)) {
    throw new FlyError(422, `region ${region} not found`)
  }
}

export function ipView(
  world: World,
  app: App,
  { ip, region, serviceName, shared, createdAt, type, network }: IpAddress,
) {
  return {
    ip,
    region,
    service_name: serviceName,
    shared,
    egress: type.startsWith('egress'),
    // Only a Flycast address belongs to a network; the empty name is the organization's own.
    network: type === 'private_v6' ? { name: network, org_slug: organizationOf(world, app).slug } : null,
    created_at: new Date(createdAt).toISOString(),
  }
}
