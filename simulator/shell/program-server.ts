import { createServer, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { BUILDER_ROLE } from '../builders/deadlines.ts'
import { listensOn } from '../machines/program.ts'
import { respond } from '../public/routes.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** Takes over a connection. */
export type Take = (socket: Duplex) => void

/** What answers at a port of a machine from inside its network; undefined when nothing listens there. */
export function connectTo(world: World, machine: Machine, port: number): Take | undefined {
  const server = serverAt(world, machine, port)
  if (!server) return undefined
  return (socket) => {
    const forget = world.guests.add({ machine: machine.id, way: 'port', cut: () => socket.destroy() })
    socket.once('close', () => forget())
    void server.then((http) => http.emit('connection', socket))
  }
}

function serverAt(world: World, machine: Machine, port: number): Promise<Server> | undefined {
  if (world.apps.get(machine.app)?.role === BUILDER_ROLE)
    return world.builderDaemons.at(world, port)?.then(({ server }) => server)
  return port === listensOn(machine) ? Promise.resolve(program(machine)) : undefined
}

/** The program of a machine, for one connection. */
const program = (machine: Machine): Server =>
  createServer(({ url = '/' }, response) => {
    const { status, body, headers = {} } = respond(url.split('?')[0] ?? '', machine)
    const isText = typeof body === 'string'
    response.writeHead(status, { ...(isText ? {} : { 'content-type': 'application/json' }), ...headers })
    response.end(isText ? body : JSON.stringify(body))
  })
