import type { Socket } from 'node:net'
import { isIPv6 } from 'node:net'
import { connectTo, type Take } from '../shell/program-server.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { acceptSsh } from './server.ts'

/** A way into one private network of an organisation (6PN). */
export interface Tunnel {
  /** `rawSlug` of the organisation. */
  org: string
  /** The default network has no name, or `default`: Fly's two halves differ. */
  network: string
}

/** Where the name server of every private network is. */
export const API_ADDRESS = 'fdaa::3'
const SSH_PORT = 22

/** Why nobody could be reached, in the words of the network. */
export class Unreachable extends Error {}

const isSame = (one: string, other: string) => (one || 'default') === (other || 'default')

/** Machines of a network that run: only they have an address others can see (Fly docs, private networking). */
function machinesOf({ apps, machines }: World, { org, network }: Tunnel): Machine[] {
  return [...machines.values()].filter((machine) => {
    const app = apps.get(machine.app)
    const isReachable = machine.state === 'started' && machine.hostStatus === 'ok'
    return isReachable && app?.org === org && isSame(app.network, network)
  })
}

const NAME = /^(?:(?<which>.+)\.)?(?<app>[a-z0-9-]+)\.internal$/

/** Addresses of a name under `.internal`, or of an address itself; none when there is no such host. */
export function resolveHost(world: World, tunnel: Tunnel, host: string): string[] {
  if (isIPv6(host)) return [canonical(host)]
  if (host === '_api.internal') return [API_ADDRESS]
  const { which = 'global', app } = NAME.exec(host)?.groups ?? {}
  const found = machinesOf(world, tunnel).filter((machine) => machine.app === app && isMeant(machine, which))
  const nearest = /^top(\d+)\.nearest\.of$/.exec(which)
  return found.slice(0, nearest ? Number(nearest[1]) : undefined).map(({ privateIp }) => canonical(privateIp))
}

/** `<id>.vm`, `<group>.process`, a region, `top1.nearest.of`, `global` before the app. */
function isMeant(machine: Machine, which: string): boolean {
  const [, one, kind] = /^(.+)\.(vm|process)$/.exec(which) ?? []
  if (kind === 'vm') return machine.id === one || machine.name === one
  if (kind === 'process') return (machine.config.metadata?.fly_process_group ?? 'app') === one
  return which === 'global' || which === machine.region || /^top\d+\.nearest\.of$/.test(which)
}

/** Who takes over a connection to `[address]:port` or `name:port`. Throws `Unreachable`. */
export function reach(world: World, tunnel: Tunnel, target: string): (socket: Socket) => void {
  const { host, port } = split(target)
  const [address] = resolveHost(world, tunnel, host)
  const machine = machinesOf(world, tunnel).find(({ privateIp }) => canonical(privateIp) === address)
  if (!machine) throw new Unreachable(`connect tcp ${target}: operation timed out`)
  if (port === SSH_PORT) return (socket) => acceptSsh(world, machine, socket)
  const take: Take | undefined = connectTo(world, machine, port)
  if (!take) throw new Unreachable(`connect tcp ${target}: connection was refused`)
  return take
}

function split(target: string): { host: string; port: number } {
  const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^[\]:]+)):(\d+)$/.exec(target) ?? []
  const host = bracketed ?? plain
  if (host === undefined) throw new Unreachable(`address ${target}: missing port in address`)
  return { host, port: Number(port) }
}

/** One spelling for each address. */
const canonical = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1)
