import { organizationOf } from '../apps/find-app.ts'
import type { App, IpAddress } from '../world/types.ts'
import type { Context } from './context.ts'
import { iso } from './page.ts'

export const ipNode = (context: Context, app: App, ip: IpAddress) => ({
  id: ip.id,
  address: ip.ip,
  type: ip.type,
  region: ip.region,
  serviceName: ip.serviceName,
  createdAt: iso(ip.createdAt),
  // Only Flycast addresses belong to a network.
  network:
    ip.type === 'private_v6'
      ? {
          id: ip.network || 'default',
          name: ip.network || 'default',
          organization: () => context.nodes.organization(context, organizationOf(context.world, app)),
        }
      : null,
})

export const egressNode = ({ id, ip, type, region, createdAt }: IpAddress) => ({
  id,
  ip,
  version: type === 'egress_v4' ? 4 : 6,
  region,
  updatedAt: iso(createdAt),
})

/** Addresses people reach an app at; the shared one stands in `sharedIpAddress`. */
export const ownIps = ({ ips }: App) => ips.filter(({ shared, type }) => !shared && !type.startsWith('egress'))

/** Outgoing addresses of the app as a whole, not of one machine. */
export const appEgress = ({ ips }: App) =>
  ips.filter(({ type, machine }) => type.startsWith('egress') && machine === undefined)
