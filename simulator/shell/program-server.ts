import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { listensOn } from '../machines/program.ts'
import { respond } from '../public/routes.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** Takes over a connection. */
export type Take = (socket: Duplex) => void

/** What answers at a port of a machine from inside its network; undefined when nothing listens there. */
export function connectTo({ guests }: World, machine: Machine, port: number): Take | undefined {
  if (port !== listensOn(machine)) return undefined
  return (socket) => {
    const forget = guests.add(machine.id, () => socket.destroy())
    socket.once('close', forget)
    program(machine).emit('connection', socket)
  }
}

/** The program of a machine, for one connection. */
const program = (machine: Machine) =>
  createServer(({ url = '/' }, response) => {
    const { status, body, headers = {} } = respond(url.split('?')[0] ?? '', machine)
    const isText = typeof body === 'string'
    response.writeHead(status, { ...(isText ? {} : { 'content-type': 'application/json' }), ...headers })
    response.end(isText ? body : JSON.stringify(body))
  })
