import websocket from '@fastify/websocket'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'
import { z } from 'zod'
import type { Strike } from '../control/faults.ts'
import type { Pipeline } from '../http/pipeline.ts'
import type { ShellProcess } from '../shell/process.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { machineForVisitor } from './choose.ts'
import { isPublic } from './services.ts'

const Params = z.object({ app: z.string() })
const Query = z.object({
  /** For browsers, whose sockets send no headers of their own. */
  instance: z.string().optional(),
  cols: z.coerce.number().int().min(1).max(1000).default(80),
  rows: z.coerce.number().int().min(1).max(1000).default(24),
})
const Message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('input'), data: z.string() }),
  z.object({ type: z.literal('resize'), cols: z.int().min(1).max(1000), rows: z.int().min(1).max(1000) }),
])

/** WebSocket close codes (RFC 6455). */
const NORMAL = 1000
const NOT_UNDERSTOOD = 1007

/**
 * The terminal that a workspace's own program offers: `GET /_apps/{app}/terminal` as a WebSocket. Binary messages are the
 * bytes of the terminal, in both directions; text messages are JSON, `{"type":"resize","cols","rows"}` or
 * `{"type":"input","data"}`. It closes with 1000 and `exit N`. Like any page of an app it wakes its machine and wants no
 * token of Fly's; whom the program lets in is its own business, and this one lets in everybody.
 */
export function terminalRoutes(server: FastifyInstance, { world, faults }: Pick<Pipeline, 'world' | 'faults'>): void {
  const chosen = new WeakMap<FastifyRequest, Machine>()
  const choose = async (request: FastifyRequest, reply: FastifyReply) => {
    const { pathname: path } = new URL(request.url, 'http://any')
    // Whatever goes wrong with a terminal, it breaks.
    const strike = faults.next('GET', path)
    const machine = strike ? undefined : await machineOf(world, request)
    const told = { at: world.clock.now(), requestId: request.id, method: 'GET', path, token: 'none' }
    world.ledger.add({ ...told, status: statusOf(strike, machine), ...(strike ? { fault: strike.deed.kind } : {}) })
    if (strike) request.raw.socket.destroy()
    else if (machine) chosen.set(request, machine)
    else await reply.code(503).send({ error: 'no machine of this app can answer' })
  }
  void server.register(websocket)
  void server.register(async (scope) => {
    scope.get('/_apps/:app/terminal', { websocket: true, preValidation: choose }, (socket, request) => {
      const machine = chosen.get(request)
      if (machine) world.effects.causedBy(request.id, () => serve(world, { machine, socket, request }))
    })
  })
}

/** 101: the connection becomes a WebSocket. */
function statusOf(strike: Strike | undefined, machine: Machine | undefined): number {
  if (strike) return 0
  return machine ? 101 : 503
}

async function machineOf(world: World, { params, query, headers, raw }: FastifyRequest): Promise<Machine | undefined> {
  world.schedule.settle()
  const app = world.apps.get(Params.parse(params).app)
  if (!app || !isPublic(app)) return undefined
  const gone = new AbortController()
  raw.socket.once('close', () => gone.abort())
  const header = (name: string) => [headers[name]].flat()[0]
  const visitor = {
    world,
    signal: gone.signal,
    instance: header('fly-force-instance-id') ?? Query.safeParse(query).data?.instance,
    region: header('fly-force-region'),
    preferred: header('fly-prefer-region'),
  }
  return machineForVisitor(visitor, app)
}

interface Visit {
  machine: Machine
  socket: WebSocket
  request: FastifyRequest
}

function serve({ shells, guests, proxy }: World, { machine, socket, request }: Visit): void {
  const { cols, rows } = Query.safeParse(request.query).data ?? Query.parse({})
  const shell = shells.start(machine, { run: { kind: 'shell' }, size: { cols, rows }, env: { TERM: 'xterm-256color' } })
  const release = proxy.hold(machine.id)
  const leave = guests.add({ machine: machine.id, way: 'terminal', cut: () => socket.terminate() })
  socket.on('error', () => {
    // The client has gone without a word; `close` follows.
  })
  socket.on('message', (content, isBinary) => {
    // Nothing else comes as long as nobody asks for another type of binary.
    if (!Buffer.isBuffer(content)) return
    if (isBinary) type(socket, shell, content)
    else obey(socket, shell, content.toString())
  })
  void shell.exited.then(({ signal, code }) => leave(signal ?? String(code)))
  socket.once('close', () => {
    leave()
    release()
    shell.stdout.destroy()
    void shells.end(shell)
  })
  void show(socket, shell)
}

/** One piece after the other: while the client does not read, neither does anybody here, and the shell has to wait. */
async function show(socket: WebSocket, { stdout, exited }: ShellProcess): Promise<void> {
  try {
    for await (const bytes of stdout)
      await new Promise<void>((sent) => socket.send(bytes, { binary: true }, () => sent()))
    socket.close(NORMAL, `exit ${(await exited).code}`)
  } catch {
    // Broken off because the socket has closed.
  }
}

function type(socket: WebSocket, { stdin }: ShellProcess, bytes: Buffer | string): void {
  if (stdin.write(bytes)) return
  socket.pause()
  stdin.once('drain', () => socket.resume())
}

function obey(socket: WebSocket, shell: ShellProcess, text: string): void {
  const message = Message.safeParse(json(text))
  if (!message.success) socket.close(NOT_UNDERSTOOD, 'want input or resize')
  else if (message.data.type === 'input') type(socket, shell, message.data.data)
  else shell.resize(message.data)
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
