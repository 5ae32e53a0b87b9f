import { spawnSync } from 'node:child_process'
import type { Socket } from 'node:net'
import ssh2, { type Client, type ClientChannel, type ParsedKey, type PublicKeyAuthMethod } from 'ssh2'
import { FlyctlError } from './failure.ts'

export interface Credentials {
  user: string
  privateKey: string
  /** `ssh-ed25519-cert-v01@openssh.com AAAA…` */
  certificate: string
}

/** An SSH connection over a socket, admitted by a certificate. */
export function connectSsh(sock: Socket, { user, privateKey, certificate }: Credentials): Promise<Client> {
  const [type = '', encoded = ''] = certificate.split(' ')
  const parsed = ssh2.utils.parseKey(privateKey)
  if (parsed instanceof Error) throw new FlyctlError(parsed.message)
  // The key signs, the certificate introduces it.
  const key: ParsedKey = Object.create(parsed, {
    type: { value: type },
    getPublicSSH: { value: () => Buffer.from(encoded, 'base64') },
  })
  const client = new ssh2.Client()
  return new Promise((resolve, reject) => {
    client.once('ready', () => resolve(client))
    client.on('error', ({ message }) =>
      reject(new FlyctlError(`error connecting to SSH server: ssh: handshake failed: ${message}`)),
    )
    const method: PublicKeyAuthMethod = { type: 'publickey', username: user, key }
    client.connect({ sock, username: user, authHandler: [method] })
  })
}

/** How the other end finished; neither when it was cut off. */
export interface Ending {
  status?: number
  signal?: string
}

export interface Session {
  /** Undefined = an interactive shell. */
  command: string | undefined
  pty: boolean
  env: Record<string, string>
  term: string
  signal: AbortSignal
}

/** Puts this process's own input and output through a session, and waits for its end. */
export async function runSession(client: Client, session: Session): Promise<Ending> {
  const { signal } = session
  const { channel, ending, closed } = await openChannel(client, session)
  const restore = session.pty ? followTerminal(channel) : () => {}
  const hangUp = () => client.end()
  signal.addEventListener('abort', hangUp, { once: true })
  process.stdin.pipe(channel)
  channel.pipe(process.stdout, { end: false })
  channel.stderr.pipe(process.stderr, { end: false })
  try {
    await closed
    return ending
  } finally {
    signal.removeEventListener('abort', hangUp)
    restore()
    process.stdin.unpipe(channel).destroy()
    client.end()
  }
}

interface Opened {
  channel: ClientChannel
  ending: Ending
  closed: Promise<void>
}

/** How a session ends may come together with its beginning: it is listened for from the first moment. */
function watch(client: Client, channel: ClientChannel): Opened {
  const ending: Ending = {}
  channel.on('exit', (status: number | null, name?: string) => {
    if (status !== null) ending.status = status
    else if (name !== undefined) ending.signal = name.replace('SIG', '')
  })
  const closed = new Promise<void>((resolve) => {
    channel.once('close', resolve)
    client.once('close', resolve)
  })
  return { channel, ending, closed }
}

/** What a terminal has that does not tell its size, or that is none (flyctl). */
const USUAL = { rows: 40, cols: 80 }

const sizeOf = () => {
  const { rows = USUAL.rows, columns: cols = USUAL.cols } = process.stdout
  return process.stdin.isTTY ? { rows, cols } : USUAL
}

function openChannel(client: Client, { command, pty, env, term }: Session): Promise<Opened> {
  // Pixels are not known.
  const size = { ...sizeOf(), width: 0, height: 0, term }
  return new Promise((resolve, reject) => {
    const opened = (error: Error | undefined, channel: ClientChannel) =>
      error ? reject(new FlyctlError(`ssh shell: ${error.message}`)) : resolve(watch(client, channel))
    if (command !== undefined) client.exec(command, { env, ...(pty ? { pty: size } : {}) }, opened)
    else if (pty) client.shell(size, { env }, opened)
    else client.shell(false, { env }, opened)
  })
}

/** Every key goes to the other end, and every new size. */
function followTerminal(channel: ClientChannel): () => void {
  const { stdin, stdout } = process
  if (!stdin.isTTY) return () => {}
  const resized = () => {
    const { rows, cols } = sizeOf()
    channel.setWindow(rows, cols, 0, 0)
  }
  stdin.setRawMode(true)
  // Node leaves a return before each new line, which the other end has put there already where it belongs.
  spawnSync('stty', ['-opost'], { stdio: ['inherit', 'ignore', 'ignore'] })
  stdout.on('resize', resized)
  return () => {
    stdout.off('resize', resized)
    stdin.setRawMode(false)
  }
}
