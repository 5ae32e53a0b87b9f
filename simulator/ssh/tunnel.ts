import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { organizationFor } from '../apps/find-app.ts'
import { authenticate } from '../http/authenticate.ts'
import { FlyError } from '../http/fly-error.ts'
import type { Pipeline } from '../http/pipeline.ts'
import { requestId } from '../http/request-id.ts'
import { READ } from '../tokens/actions.ts'
import type { World } from '../world/world.ts'
import { reach, Unreachable } from './private-network.ts'

/**
 * The simulator's own way into a private network, for clients without the socket of an agent: `CONNECT [address]:port`
 * with the token in `proxy-authorization`, and the headers `fly-org` and `fly-network`.
 */
export function acceptTunnels(server: Server, { world, faults }: Pick<Pipeline, 'world' | 'faults'>): void {
  server.on('connect', (request, socket, head) => {
    socket.on('error', () => {
      // The client has gone; whoever took the socket sees it close.
    })
    // Whatever goes wrong with a tunnel, it breaks.
    const strike = faults.next('CONNECT', request.url ?? '')
    if (strike) {
      note(world, request, { status: 0, fault: strike.deed.kind })
      return void socket.destroy()
    }
    try {
      const take = enter(world, request)
      note(world, request, { status: 200 })
      if (head.length > 0) socket.unshift(head)
      if (!(socket instanceof Socket)) throw new Unreachable('only over TCP')
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      take(socket)
    } catch (error) {
      note(world, request, { status: refuse(socket, error) })
    }
  })
}

function enter(world: World, { headers, url = '' }: IncomingMessage): (socket: Socket) => void {
  const principal = authenticate(world, {
    header: headers['proxy-authorization'],
    path: '',
    request: { action: READ },
  })
  const { rawSlug } = organizationFor(world, principal, String(headers['fly-org']))
  return reach(world, { org: rawSlug, network: String(headers['fly-network'] ?? '') }, url)
}

function note(world: World, { url: path = '' }: IncomingMessage, answered: { status: number; fault?: string }): void {
  const at = world.clock.now()
  world.ledger.add({ at, requestId: requestId(world), method: 'CONNECT', path, token: 'none', ...answered })
}

function refuse(socket: Duplex, error: unknown): number {
  if (!(error instanceof FlyError || error instanceof Unreachable)) throw error
  const status = error instanceof FlyError ? error.httpStatus : 502
  const body = JSON.stringify({ error: error.message })
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  return status
}
