import { existsSync } from 'node:fs'
import { request } from 'node:http'
import { createConnection, type Socket } from 'node:net'
import { join } from 'node:path'
import { frame, readFrame } from '../ssh/agent-frames.ts'
import { field, text } from './api.ts'
import type { Context } from './context.ts'
import { FlyctlError } from './failure.ts'
import { configDir, readToken } from './token.ts'

/** A way into the private network of an organisation. */
export interface Network {
  org: string
  network: string
}

/**
 * A connection to `[address]:port` inside of a private network: through the agent where one listens in the configuration
 * folder, as flyctl does it, else through the simulator itself.
 */
export async function dial(context: Context, network: Network, address: string): Promise<Socket> {
  const agent = join(configDir(context.env), 'fly-agent.sock')
  return existsSync(agent) ? dialAgent(context, { agent, network, address }) : dialSimulator(context, network, address)
}

interface AgentDial {
  agent: string
  network: Network
  address: string
}

async function dialAgent(context: Context, { agent, network: { org, network }, address }: AgentDial): Promise<Socket> {
  const setup = await conversation(agent)
  await setup.say('set-token', 'str', tokenOf(context))
  await setup.say('establish', org, network)
  setup.socket.destroy()
  const { socket, say } = await conversation(agent)
  await say('connect', org, address, '0', network)
  return socket
}

async function conversation(agent: string) {
  const socket = await connected(createConnection(agent))
  return {
    socket,
    /** Throws what the agent has against it. */
    async say(...words: string[]): Promise<void> {
      socket.write(frame(words))
      const [verdict, ...rest] = (await readFrame(socket)) ?? []
      if (verdict !== 'ok') throw new FlyctlError(rest.join(' ') || 'the agent has hung up')
    },
  }
}

function connected(socket: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket)).once('error', (error) => reject(new FlyctlError(error.message)))
  })
}

function dialSimulator({ env, ...context }: Context, { org, network }: Network, address: string): Promise<Socket> {
  const url = new URL(env.FLY_FLAPS_BASE_URL ?? 'https://api.machines.dev')
  return new Promise((resolve, reject) => {
    const asked = request({
      method: 'CONNECT',
      host: url.hostname,
      port: url.port,
      path: address,
      headers: {
        'proxy-authorization': `Bearer ${tokenOf({ env, ...context })}`,
        'fly-org': org,
        'fly-network': network,
      },
    })
    asked.once('error', (error) => reject(new FlyctlError(error.message)))
    asked.once('connect', ({ statusCode }, socket, head) => {
      if (statusCode === 200) {
        socket.unshift(head)
        resolve(socket)
      } else {
        socket.destroy()
        reject(new FlyctlError(refusalOf(head)))
      }
    })
    asked.end()
  })
}

function refusalOf(head: Buffer): string {
  try {
    const body: unknown = JSON.parse(head.toString())
    return text(body, 'error') ?? String(field(body, 'error'))
  } catch {
    // It came without words.
    return 'tunnel unavailable'
  }
}

const tokenOf = ({ env, flags }: Pick<Context, 'env' | 'flags'>): string =>
  readToken(env, flags.text('access-token')) ?? ''
