import { field, list, text } from '../api.ts'
import { deadline } from '../context.ts'
import { FlyctlError, within } from '../failure.ts'
import { type Deployment, lookAgain } from './deployment.ts'
import { members, type Section, splitCommand } from './groups.ts'
import { guestFromFlags, guestOf } from './guest.ts'
import { type Launched, RELEASE_COMMAND } from './launched-machines.ts'
import { createMachine, destroyMachine } from './machine-changes.ts'
import { environmentOf, metadataOf, type Rollout, stopConfig } from './machine-config.ts'
import { waitForState } from './machine-waits.ts'
import { refusal } from './refusal.ts'
import { compact } from './services.ts'
import { type StatusLine, statusLines } from './status-lines.ts'

/** Runs `[deploy] release_command` on a machine of its own, before any other machine changes. */
export async function runReleaseCommand(deployment: Deployment, rollout: Rollout & { machines: Launched[] }) {
  const { context, app, config } = deployment
  const command = text(field(config, 'deploy'), 'release_command')
  if (command === undefined) return
  context.stderr(`Running ${app} release_command: ${command}`)
  const [line] = statusLines(context.stdout, 1, '>')
  if (!line) return
  try {
    await run(deployment, { ...rollout, command, line })
  } catch (error) {
    if (!(error instanceof FlyctlError)) throw error
    line.failure(`Failed: ${error.message.split('\n')[0]}`)
    const { message, details, requestId } = error
    throw new FlyctlError(`release command failed - aborting deployment. ${message}`, { details, requestId })
  }
}

interface Run extends Rollout {
  command: string
  line: StatusLine
  /** All machines of the app: old ones of this kind go first. */
  machines: Launched[]
}

async function run(deployment: Deployment, { command, line, machines, ...rollout }: Run): Promise<void> {
  const { context, app, options } = deployment
  const old = machines.filter(({ group }) => group === RELEASE_COMMAND)
  for (const { id } of old) await destroyMachine(deployment, { id, nonce: undefined })
  const config = configOf(deployment, { ...rollout, command, machines })
  const input = { region: text(deployment.config, 'primary_region'), config, skipLaunch: true, replace: false }
  const making = createMachine(deployment, { input, leased: false })
  const { id } = await within('error running release_command machine: error creating a release_command machine', making)
  // Its group is told by nobody: it is no group of the app.
  const log = (text: string) => line.log(text.replace(` [${RELEASE_COMMAND}]`, ''))
  const wait = { machine: { id, group: RELEASE_COMMAND }, log }
  line.log(`Created release_command machine ${id}`)
  await waitForState(deployment, { ...wait, state: 'stopped', withinMs: options.waitMs, flag: 'wait-timeout' })
  context.stderr('Starting machine')
  line.log(`Waiting for ${id} to have state: started`)
  const path = `/v1/apps/${app}/machines/${id}`
  const begun = await context.api.ask({ service: 'flaps', method: 'POST', path: `${path}/start`, body: {} })
  if (begun.status >= 300) throw refusal(`could not start machine ${id}`, begun)
  // A short command may be over before anybody looks.
  const running = { ...wait, state: 'started', or: 'destroyed', withinMs: options.waitMs, flag: 'wait-timeout' }
  await waitForState(deployment, running)
  const flag = 'release-command-timeout'
  await waitForState(deployment, { ...wait, state: 'destroyed', withinMs: options.releaseCommandMs, flag })
  line.log(`Waiting for ${id} to get exit event`)
  const exitCode = await readExitCode(deployment, id)
  if (exitCode === 0) return line.success(`release_command ${id} completed successfully`)
  line.failure('release_command failed')
  context.stderr(`Error release_command failed running on machine ${id} with exit code ${exitCode}.`)
  await tellLogs(deployment, id)
  throw new FlyctlError(`machine ${id} exited with non-zero status of ${exitCode}`)
}

function configOf(deployment: Deployment, { image, release, command, machines }: Omit<Run, 'line'>): Section {
  const { config, context } = deployment
  const own = members(field(config, 'deploy')).release_command_vm
  const biggest = machines
    .filter(({ group }) => group === 'app')
    .map(({ config: of }) => members(field(of, 'guest')))
    .toSorted((a, b) => Number(b.memory_mb) - Number(a.memory_mb))[0]
  return compact({
    image,
    init: compact({ cmd: splitCommand(command), swap_size_mb: field(config, 'swap_size_mb') }),
    restart: { policy: 'no' },
    auto_destroy: true,
    dns: { skip_registration: true },
    stop_config: stopConfig(config),
    guest: guestOf(own === undefined ? undefined : members(own)) ?? biggest ?? releaseGuest(context.flags),
    env: { ...environmentOf(deployment, RELEASE_COMMAND), RELEASE_COMMAND: '1' },
    metadata: metadataOf(RELEASE_COMMAND, release),
  })
}

/** Twice the smallest, unless the flags say more (flyctl). */
const releaseGuest = (flags: Parameters<typeof guestFromFlags>[0]): Section => ({
  ...guestFromFlags(flags),
  ...(flags.text('vm-size') === undefined && { cpus: 2, memory_mb: 512 }),
})

/** A machine that destroyed itself can be read a little longer: its last exit says how it went. */
async function readExitCode(deployment: Deployment, id: string): Promise<number> {
  const { context, app, options } = deployment
  const until = deadline(deployment.context, options.releaseCommandMs)
  while (true) {
    const { body } = await context.api.ask({ service: 'flaps', path: `/v1/apps/${app}/machines/${id}` })
    const exit = list(field(body, 'events')).find((event) => text(event, 'type') === 'exit')
    const code = field(field(field(exit, 'request'), 'exit_event'), 'exit_code')
    if (typeof code === 'number') return code
    if (Date.now() >= until) throw new FlyctlError(`error finding the release_command machine ${id} exit event`)
    await lookAgain(deployment, 1_000)
  }
}

async function tellLogs({ context, app }: Deployment, id: string): Promise<void> {
  context.stderr('Checking logs: fetching the last 100 lines below:')
  const { body } = await context.api.ask({
    service: 'rest',
    path: `/api/v1/apps/${app}/logs?next_token=&instance=${id}`,
  })
  for (const entry of list(field(body, 'data')).slice(-100)) {
    const { timestamp, message } = members(field(entry, 'attributes'))
    context.stderr(`${String(timestamp).replace(/\.\d+Z$/, 'Z')} ${message}`)
  }
}
