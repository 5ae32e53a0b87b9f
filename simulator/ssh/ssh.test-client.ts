import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createConnection, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2, { type ClientChannel, type Client as Connection, type ParsedKey, type PublicKeyAuthMethod } from 'ssh2'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { type Client, findMachine } from '../test/client.ts'
import { frame, readFrame } from './agent-frames.ts'
import { freshKey, publicLine } from './keys.ts'

/** A conversation with the agent: what is said, and what it answers. */
export async function talk(path: string) {
  const socket = createConnection(path)
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return {
    socket,
    async say(...words: string[]): Promise<string | undefined> {
      socket.write(frame(words))
      return (await readFrame(socket))?.join(' ')
    },
  }
}

/** Opens an agent for a flyctl, in a folder that goes with the test. The path of its socket. */
export async function openAgent({ control }: Client): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'agent-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  await control('agent', { folder })
  return join(folder, 'fly-agent.sock')
}

/** The same, with the network of the product's organization open to whoever comes. */
export async function openNetwork(client: Client): Promise<string> {
  const path = await openAgent(client)
  const { say } = await talk(path)
  await say('set-token', 'str', client.addresses.token)
  await say('establish', 'acme-workspaces', '')
  return path
}

/** The raw pipe to an address, through the agent, as flyctl opens it. */
export async function pipeTo({
  path,
  org,
  address,
  network = '',
}: {
  path: string
  org: string
  address: string
  network?: string
}) {
  const { socket, say } = await talk(path)
  return { socket, verdict: await say('connect', org, address, '0', network) }
}

const Certificate = z.object({ data: z.object({ issueCertificate: z.object({ certificate: z.string() }) }) })

export interface Wanted {
  principals?: string[]
  appNames?: string[]
  organizationId?: string
  validHours?: number
}

/** A key and the certificate GraphQL gives for it. */
export async function credentials({ ask }: Client, wanted: Wanted = {}): Promise<ParsedKey> {
  const pair = freshKey()
  const input = {
    organizationId: 'org_acme_workspaces',
    principals: ['root', 'fly'],
    publicKey: publicLine(pair),
    ...wanted,
  }
  const query = 'mutation($input: IssueCertificateInput!) { issueCertificate(input: $input) { certificate } }'
  const { body } = await ask('POST', '/graphql', { body: { query, variables: { input } } })
  const [type, encoded = ''] = Certificate.parse(body).data.issueCertificate.certificate.split(' ')
  const key = ssh2.utils.parseKey(pair.file)
  if (key instanceof Error) throw key
  return Object.create(key, {
    type: { value: type },
    getPublicSSH: { value: () => Buffer.from(encoded, 'base64') },
  })
}

/** Logs in over a socket; rejects when the server does not let in. */
export function logIn(sock: Socket, key: ParsedKey, username = 'root'): Promise<Connection> {
  const connection = new ssh2.Client()
  onTestFinished(() => void connection.destroy())
  const method: PublicKeyAuthMethod = { type: 'publickey', username, key }
  return new Promise((resolve, reject) => {
    connection.once('ready', () => resolve(connection)).on('error', reject)
    connection.connect({ sock, username, authHandler: [method] })
  })
}

/** A machine that runs, and somebody logged in on it. */
export async function loggedIn(client: Client, path: string, app = 'acme-web') {
  const { machine, path: machinePath } = await findMachine(client, { app, state: 'started' })
  const address = `[${z.object({ private_ip: z.string() }).parse(machine).private_ip}]:22`
  const { socket } = await pipeTo({ path, org: 'acme-workspaces', address })
  return { machine, machinePath, address, connection: await logIn(socket, await credentials(client)) }
}

interface Told {
  stdout: string
  stderr: string
  /** Status, or null and the signal. */
  exit: unknown[]
}

interface Running {
  channel: ClientChannel
  told: Told
  closed: Promise<unknown>
}

/** Starts a command. Nothing of what it says is read yet; how it ends may come at once. */
export const exec = (connection: Connection, command: string, options = {}): Promise<Running> =>
  new Promise((resolve, reject) =>
    connection.exec(command, options, (error, channel) => {
      if (error) return reject(error)
      const told: Told = { stdout: '', stderr: '', exit: [] }
      channel.on('exit', (...exit: unknown[]) => {
        told.exit = exit.slice(0, 2)
      })
      resolve({ channel, told, closed: once(channel, 'close') })
    }),
  )

/** Everything a command says until its session closes. */
export async function heard({ channel, told, closed }: Running): Promise<Told> {
  channel.on('data', (bytes: Buffer) => {
    told.stdout += bytes
  })
  channel.stderr.on('data', (bytes: Buffer) => {
    told.stderr += bytes
  })
  await closed
  return told
}
