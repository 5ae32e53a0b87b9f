import { rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { findOrganization } from '../apps/find-app.ts'
import { principalOf, readTokens } from '../http/authenticate.ts'
import { READ } from '../tokens/actions.ts'
import { type Principal, seesOrganization } from '../tokens/principal.ts'
import type { World } from '../world/world.ts'
import { frame, readFrame } from './agent-frames.ts'
import { API_ADDRESS, reach, resolveHost, type Tunnel, Unreachable } from './private-network.ts'

export interface Agent {
  /** Where flyctl looks for it. */
  socket: string
  stop(): Promise<void>
}

/** What the agent of this version is called: a newer flyctl says so and goes on, as it does with a real one of these. */
const VERSION = '0.4.87'

/** A refusal of the agent: `err …`. */
class Refusal extends Error {}

/**
 * Stands in for `flyctl agent run`, which is the WireGuard tunnel of flyctl: the same socket and the same words, with the
 * simulated private network behind them.
 */
export async function startAgent(world: World, folder: string): Promise<Agent> {
  const tunnels = new Map<string, Tunnel>()
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    socket.on('error', () => {
      // The client has gone; `close` follows.
    })
    void converse({ world, tunnels, socket }, undefined)
  })
  const path = join(folder, 'fly-agent.sock')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // One that was left behind is in the way.
  rmSync(path, { force: true })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve))
  return {
    socket: path,
    async stop() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Conversation {
  world: World
  tunnels: Map<string, Tunnel>
  socket: Socket
}

/** One request per connection; `set-token` only goes before it. */
async function converse(conversation: Conversation, principal: Principal | undefined): Promise<void> {
  const { world, socket } = conversation
  const [verb = '', ...words] = (await readFrame(socket)) ?? []
  if (verb === '') return void socket.destroy()
  try {
    if (verb === 'set-token') {
      const known = setToken(world, words)
      socket.write(frame(['ok']))
      return await converse(conversation, known)
    }
    if (verb === 'connect') return connect(conversation, words)
    socket.end(frame(answer(conversation, principal, [verb, ...words])))
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof Unreachable)) throw error
    socket.end(frame(['err', error.message]))
  }
}

/** Tokens in a file of flyctl's are not looked at: whoever has them sends them the other way when asked. */
function setToken(world: World, words: string[]): Principal | undefined {
  const [kind, value = ''] = exactly(2, words, 'set-token')
  if (kind === 'cfg') throw new Refusal('tokens from a file are not supported here')
  return principalOf(world, readTokens(value), { action: READ })
}

const ok = (value: unknown) => ['ok', JSON.stringify(value)]

function answer(
  { world, tunnels }: Conversation,
  principal: Principal | undefined,
  [verb, ...words]: string[],
): string[] {
  switch (verb) {
    case 'ping':
      exactly(0, words, 'ping')
      return ok({ PID: process.pid, Version: VERSION, Background: false })
    case 'establish':
    case 'reestablish': {
      const [org = '', network = ''] = exactly(2, words, 'establish')
      const tunnel = establish(world, principal, { org, network })
      tunnels.set(nameOf(org, network), tunnel)
      return ok({ WireGuardState: stateOf(tunnel), TunnelConfig: { DNS: API_ADDRESS } })
    }
    case 'probe': {
      const [org = '', network = ''] = exactly(2, words, 'probe')
      through(tunnels, org, network)
      return ['ok']
    }
    case 'resolve': {
      const [org = '', host = '', network = ''] = exactly(3, words, 'resolve')
      const [address] = resolveHost(world, through(tunnels, org, network), host)
      if (address === undefined) throw new Refusal('host was not found in DNS')
      return ['ok', address]
    }
    case 'instances': {
      const [org = '', app = ''] = exactly(2, words, 'instances')
      const addresses = resolveHost(world, through(tunnels, org, ''), `${app}.internal`)
      if (addresses.length === 0) throw new Refusal(`no running hosts for "${app}" found`)
      return ok({ Labels: addresses.map((address) => `${app}.internal (${address})`), Addresses: addresses })
    }
    default:
      throw new Refusal('unsupported command')
  }
}

/** The connection becomes the tunnel: after `ok` it belongs to whoever answers at the other end. */
function connect({ world, tunnels, socket }: Conversation, words: string[]): void {
  const [org = '', target = '', timeout = '', network = ''] = exactly(4, words, 'connect')
  if (!/^\d+$/.test(timeout)) throw new Refusal(`strconv.ParseUint: parsing "${timeout}": invalid syntax`)
  const take = reach(world, through(tunnels, org, network), target)
  socket.write(frame(['ok']))
  take(socket)
}

function exactly(count: number, words: string[], verb: string): string[] {
  if (words.length === count) return words
  throw new Refusal(`malformed ${verb} command`)
}

const nameOf = (org: string, network: string) => `${org} ${network}`

function through(tunnels: Map<string, Tunnel>, org: string, network: string): Tunnel {
  const tunnel = tunnels.get(nameOf(org, network))
  if (!tunnel) throw new Refusal('tunnel unavailable')
  return tunnel
}

function establish(world: World, principal: Principal | undefined, { org, network }: Tunnel): Tunnel {
  const organization = findOrganization(world, org)
  if (!principal || !organization || !seesOrganization(principal, organization))
    throw new Refusal('no such organization')
  return { org: organization.rawSlug, network }
}

/** What flyctl wants to know of its end of the tunnel. */
const stateOf = ({ org, network }: Tunnel) => ({
  org,
  name: `hangar-${network || 'default'}`,
  region: 'iad',
  peer: { peerip: 'fdaa:2:8812:a7b:1::2', endpointip: '127.0.0.1', pubkey: '' },
})
