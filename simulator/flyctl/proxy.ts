import { once } from 'node:events'
import { createServer, isIPv6, type Server, type Socket } from 'node:net'
import { field, text } from './api.ts'
import { appName } from './app-name.ts'
import { basicApp } from './app-query.ts'
import type { Family } from './command.ts'
import type { Context } from './context.ts'
import { FlyctlError } from './failure.ts'
import { APP, ORG, QUIET } from './flags.ts'
import { dial } from './tunnel.ts'

export const PROXY: Family = {
  '': {
    flags: {
      ...APP,
      ...ORG,
      ...QUIET,
      'bind-addr': { kind: 'text', short: 'b' },
      select: { kind: 'yes-no', short: 's' },
      'watch-stdin': { kind: 'yes-no' },
    },
    args: [1, 2],
    usage: '<local:remote> [remote_host]',
    run: proxy,
  },
}

const NETWORK = 'query ($appName: String!) { app(name: $appName) { network } }'

/** A port of this computer leads to one inside of the private network, until it is interrupted. */
async function proxy(context: Context): Promise<void> {
  const { api, flags, stdout, signal } = context
  const app = appName(context)
  const network = text(field(await api.query(NETWORK, { appName: app }), 'app'), 'network') ?? ''
  const org = text(field(await basicApp(context, app), 'organization'), 'slug') ?? ''
  const [ports = '', host = `${app}.internal`] = flags.rest
  const [local = '', remote = local] = ports.split(':')
  const address = isIPv6(host) ? `[${host}]:${remote}` : `${host}:${remote}`

  const open = new Set<Socket>()
  const server = createServer((near) => {
    open.add(near)
    near.once('close', () => open.delete(near))
    void join(near, () => dial(context, { org, network }, address), context)
  })
  const port = await listen(server, { local, host: flags.text('bind-addr') ?? '127.0.0.1' })
  stdout(`Proxying localhost:${port} to remote [${host}]:${remote}`)
  try {
    // Alone among the commands it ends well when it is interrupted.
    await ended({ signal, watched: flags.on('watch-stdin') })
  } finally {
    for (const socket of open) socket.destroy()
    server.close()
  }
}

/** What comes in goes out at the other end. A far end that cannot be reached ends this connection only. */
async function join(near: Socket, dialFar: () => Promise<Socket>, { stderr }: Context): Promise<void> {
  near.on('error', () => near.destroy())
  try {
    const far = await dialFar()
    far.on('error', () => near.destroy())
    near.on('close', () => far.destroy())
    near.pipe(far).pipe(near)
  } catch (error) {
    stderr(`error proxying: ${error instanceof Error ? error.message : String(error)}`)
    near.destroy()
  }
}

/** `0` lets the system choose; anything that is no number is the path of a socket. */
async function listen(server: Server, { local, host }: { local: string; host: string }): Promise<string> {
  const isPort = /^\d+$/.test(local)
  if (isPort) server.listen({ host, port: Number(local) })
  else server.listen(local)
  await Promise.race([once(server, 'listening'), refusal(server)])
  const address = server.address()
  return typeof address === 'object' && address !== null ? String(address.port) : local
}

async function refusal(server: Server): Promise<never> {
  const [error] = await once(server, 'error')
  throw new FlyctlError(`listen: ${error instanceof Error ? error.message : String(error)}`)
}

/** Until the signal comes, or stdin closes where it is watched. */
async function ended({ signal, watched }: { signal: AbortSignal; watched: boolean }): Promise<void> {
  const interrupted = once(signal, 'abort')
  if (!watched) {
    // A signal alone keeps no process alive, a listening port does.
    await interrupted
    return
  }
  process.stdin.resume()
  await Promise.race([interrupted, once(process.stdin, 'end'), once(process.stdin, 'close')])
}
