import { constants } from 'node:os'
import type { Client } from 'ssh2'
import { freshKey, publicLine } from '../ssh/keys.ts'
import { field, text } from './api.ts'
import { appName } from './app-name.ts'
import type { Context } from './context.ts'
import { FlyctlError } from './failure.ts'
import { connectSsh, type Ending, runSession } from './ssh-client.ts'
import { selectContainer, selectMachine } from './ssh-target.ts'
import { dial } from './tunnel.ts'

const SSH_PORT = 22
const WARNING =
  'Allocating a pseudo-terminal since the command provided is a shell. ' +
  'This behavior will change in the future; please use --pty explicitly if this is what you want.'

/** A shell on a machine: a real SSH session, as flyctl opens it. */
export async function sshConsole(context: Context): Promise<number> {
  const { flags, env, signal, warn, stderr } = context
  const app = await findApp(context, appName(context))
  const machine = await selectMachine(context, app.name)
  const container = selectContainer(context, machine)
  const command = flags.text('command')
  const isShell = /^(\/bin\/)?(ba)?sh$/.test(command ?? '')
  if (isShell && !flags.on('pty')) warn(WARNING)

  const client = await connect(context, app, flags.text('address') ?? text(machine, 'private_ip') ?? '')
  const ending = await runSession(client, {
    command,
    pty: command === undefined || flags.on('pty') || isShell,
    env: container === undefined ? onMachine(flags.on('no-container')) : { FLY_SSH_CONTAINER: container },
    term: env.TERM ?? 'xterm',
    signal,
  })
  if (signal.aborted) {
    stderr('Error: ssh shell: session forcibly closed; the remote process may still be running')
    return 1
  }
  // How a shell without a command ends is not asked for (flyctl).
  const problem = command === undefined ? undefined : problemOf(ending)
  if (problem !== undefined) throw new FlyctlError(`ssh shell: ${problem}`)
  return 0
}

async function connect(context: Context, app: ConsoleApp, address: string): Promise<Client> {
  const { flags, stderr, pause } = context
  const user = flags.text('user') ?? 'root'
  const key = freshKey()
  const certificate = await issueCertificate(context, app, { user, publicKey: publicLine(key) })
  // On a terminal the line turns while it waits.
  if (!flags.on('quiet')) stderr(`Connecting to ${address}...${process.stdout.isTTY ? ' complete' : ''}`)
  await pause(300)
  const socket = await dial(context, app, `[${address}]:${SSH_PORT}`).catch((error: Error) => {
    throw new FlyctlError(`error connecting to SSH server: dial: ${error.message}`)
  })
  return connectSsh(socket, { user, privateKey: key.file, certificate })
}

const onMachine = (wanted: boolean): Record<string, string> => (wanted ? { FLY_SSH_MACHINE: '1' } : {})

interface ConsoleApp {
  name: string
  /** Slug and id of its organisation. */
  org: string
  orgId: string
  network: string
}

async function findApp({ api }: Context, name: string): Promise<ConsoleApp> {
  const query = 'query($name: String!) { app(name: $name) { id network organization { id slug } } }'
  const answer = await api.ask({
    service: 'graphql',
    method: 'POST',
    path: '/graphql',
    body: { query, variables: { name } },
  })
  const app = field(field(answer.body, 'data'), 'app')
  const organization = field(app, 'organization')
  const org = text(organization, 'slug')
  if (org === undefined) throw new FlyctlError(`get app: Could not find App "${name}"`)
  return { name, org, orgId: text(organization, 'id') ?? '', network: text(app, 'network') ?? '' }
}

async function issueCertificate(
  { api }: Context,
  { name, orgId }: ConsoleApp,
  { user, publicKey }: { user: string; publicKey: string },
): Promise<string> {
  const query = 'mutation($input: IssueCertificateInput!) { issueCertificate(input: $input) { certificate, key } }'
  const input = { organizationId: orgId, principals: [user, 'fly'], appNames: [name], publicKey, validHours: 1 }
  const data = await api
    .get({ service: 'graphql', method: 'POST', path: '/graphql', body: { query, variables: { input } } })
    .catch((error: Error) => {
      const hint = "(if you haven't created a key for your org yet, try `flyctl ssh issue`)"
      throw new FlyctlError(`create ssh certificate: ${error.message} ${hint}`)
    })
  return text(field(data, 'issueCertificate'), 'certificate') ?? ''
}

/** In the words of Go's SSH library. */
function problemOf({ status, signal }: Ending): string | undefined {
  if (status === 0) return undefined
  if (status !== undefined) return `Process exited with status ${status}`
  if (signal === undefined) return 'wait: remote command exited without exit status or exit signal'
  const numbers: Partial<Record<string, number>> = constants.signals
  return `Process exited with status ${128 + (numbers[`SIG${signal}`] ?? 0)} from signal ${signal}`
}
