import type { Socket } from 'node:net'
import ssh2, { type AuthContext, type Connection } from 'ssh2'
import { connectTo } from '../shell/program-server.ts'
import { createRandom, hash } from '../world/random.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { authorityOf } from './authority.ts'
import { CERTIFICATE, readCertificate } from './certificate.ts'
import { keepEarlyInput } from './early-input.ts'
import { isSigned, makeKey } from './keys.ts'
import { serveSession } from './session.ts'

/** The SSH server inside of a machine takes over a connection. Only certificates of its organisation are let in. */
export function acceptSsh(world: World, machine: Machine, socket: Socket): void {
  const forget = world.guests.add({ machine: machine.id, way: 'ssh', cut: () => socket.destroy() })
  socket.once('close', () => forget())
  const server = new ssh2.Server({ hostKeys: [hostKey(world, machine)], ident: 'hallpass' }, (connection) => {
    connection.on('error', () => {
      // The client has gone without a word; `close` follows.
    })
    connection.on('authentication', (context) => {
      if (isAdmitted(world, machine, context)) context.accept()
      else context.reject(['publickey'])
    })
    connection.on('ready', () => serve(world, machine, connection))
  })
  server.injectSocket(socket)
}

function serve(world: World, machine: Machine, connection: Connection): void {
  const early = keepEarlyInput(connection)
  connection.on('session', (accept) => serveSession(world, machine, { session: accept(), early }))
  connection.on('tcpip', (accept, reject, { destIP, destPort }) => {
    const isHere = ['localhost', '127.0.0.1', '::1', machine.privateIp].includes(destIP)
    const take = isHere ? connectTo(world, machine, destPort) : undefined
    if (take) take(accept())
    else reject()
  })
}

/** The only kind of host key a machine has (flyctl offers no other). */
const hostKey = ({ seed }: World, { id }: Machine): string => makeKey(createRandom(hash(`ssh host ${seed} ${id}`))).file

function isAdmitted(world: World, machine: Machine, context: AuthContext): boolean {
  if (context.method !== 'publickey' || context.key.algo !== CERTIFICATE) return false
  const app = world.apps.get(machine.app)
  const certificate = app && readCertificate(authorityOf(world, app.org), context.key.data)
  if (!certificate) return false
  const { key, principals, apps, validAfter, validBefore } = certificate
  const now = world.clock.now() / 1000
  const isValid = now >= validAfter && now < validBefore
  const isFor = principals.includes(context.username) && (apps.length === 0 || apps.includes(machine.app))
  // The first question comes without a signature: whether it is worth making one.
  const { signature, blob } = context
  return isValid && isFor && (!signature || !blob || isSigned({ half: key, content: blob, signature }))
}
