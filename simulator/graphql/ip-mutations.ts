import { appFor } from '../apps/find-app.ts'
import { assignIp, IpType, releaseIp } from '../apps/ips.ts'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { mayUseApp } from '../tokens/principal.ts'
import type { App, IpAddress } from '../world/types.ts'
import { appNode } from './app-node.ts'
import type { Context } from './context.ts'
import { ipNode } from './ip-nodes.ts'

export interface Allocate {
  input: { appId: string; type: string; region?: string; network?: string; serviceName?: string }
}
export interface Release {
  input: { appId?: string; ip?: string; ipAddressId?: string }
}
export interface Egress {
  input: { appId: string; machineId?: string | null; region?: string | null; ip?: string | null }
}

/** A pair of outgoing addresses: of one machine, or of all machines of the app in a region. */
function allocateEgress({ world, principal }: Context, { appId, machineId, region }: Egress['input']) {
  const app = appFor(world, principal, appId)
  const machine = machineId ? world.machines.get(machineId) : undefined
  if (machineId && machine?.app !== app.name) throw new FlyError(404, 'Could not find Machine')
  const place = machine?.region ?? region
  if (!place) throw new FlyError(422, 'a machine or a region is needed')
  const owner = machine ? { machine: machine.id } : {}
  const v4 = Object.assign(assignIp(world, app, { type: 'egress_v4', region: place }), owner)
  const v6 = Object.assign(assignIp(world, app, { type: 'egress_v6', region: place }), owner)
  return { v4: v4.ip, v6: v6.ip }
}

const meant = ({ machineId, ip }: Egress['input'], address: IpAddress) =>
  address.type.startsWith('egress') && (machineId ? address.machine === machineId : address.ip === ip)

function releaseEgress({ world, principal }: Context, input: Egress['input']) {
  const app = appFor(world, principal, input.appId)
  const gone = app.ips.filter((address) => meant(input, address))
  if (gone.length === 0) throw new FlyError(404, 'Could not find EgressIPAddress')
  for (const address of gone) releaseIp(world, app, address)
  const of = (type: string) => gone.find((address) => address.type === type)?.ip ?? null
  return { v4: of('egress_v4'), v6: of('egress_v6') }
}

function release({ world, principal }: Context, { ip, ipAddressId }: Release['input']): App {
  const isMeant = (address: IpAddress) => address.id === ipAddressId || address.ip === ip
  const owner = [...world.apps.values()].find(({ ips }) => ips.some(isMeant))
  const address = owner?.ips.find(isMeant)
  if (!owner || !address || !mayUseApp(principal, owner)) throw new FlyError(404, 'Could not find IPAddress')
  releaseIp(world, owner, address)
  return owner
}

export function ipMutations(context: Context) {
  const { world, principal } = context
  return {
    allocateIpAddress({ input: { appId, type, region, network, serviceName } }: Allocate) {
      const app = appFor(world, principal, appId)
      const ip = assignIp(world, app, { type: parse(IpType, type), region, network, service_name: serviceName })
      return { ipAddress: ip.shared ? null : ipNode(context, app, ip), app: appNode(context, app) }
    },
    releaseIpAddress: ({ input }: Release) => ({ app: appNode(context, release(context, input)) }),
    allocateEgressIpAddress: ({ input }: Egress) => allocateEgress(context, input),
    releaseEgressIpAddress: ({ input }: Egress) => releaseEgress(context, input),
  }
}
