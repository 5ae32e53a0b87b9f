import { field, list, text } from '../api.ts'
import { deadline } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { type Deployment, lookAgain } from './deployment.ts'
import { type Launched, named } from './launched-machines.ts'
import { passingChecks } from './passing-checks.ts'

/** Between looks at a machine (flyctl: from half a second to two). */
const LOOK_MS = 1_000
/** Longest single wait that the API takes, in seconds. */
const LONGEST_WAIT = 60

interface StateWait {
  machine: Pick<Launched, 'id' | 'group'>
  state: string
  /** What it may have come to meanwhile. */
  or?: string
  withinMs: number
  /** The flag that gives more time. */
  flag: string
  log: (text: string) => void
}

/** Waits for a state. A machine that is gone has reached `destroyed`. */
export async function waitForState(deployment: Deployment, { machine, state, or, withinMs, flag, log }: StateWait) {
  const { context, app } = deployment
  const until = deadline(deployment.context, withinMs)
  log(`Waiting for ${named(machine)} to have state: ${state}`)
  const states = or === undefined ? state : `${state}&state=${or}`
  while (true) {
    const timeout = Math.min(LONGEST_WAIT, Math.max(1, Math.ceil((until - Date.now()) / 1000)))
    const path = `/v1/apps/${app}/machines/${machine.id}/wait?state=${states}&timeout=${timeout}`
    const { status } = await context.api.ask({ service: 'flaps', path })
    if (status < 300 || (status === 404 && state === 'destroyed')) break
    if (Date.now() >= until) throw stateTimeout(state, flag)
    await lookAgain(deployment, LOOK_MS)
  }
  log(`Machine ${named(machine)} has state: ${state}`)
}

function stateTimeout(state: string, flag: string): FlyctlError {
  const longer = `increasing the timeout with the --${flag} flag`
  const details =
    state === 'started'
      ? [
          'Your machine was created, but never started or exited immediately. This could mean that your app is taking a long time to start,\nbut it could be indicative of a region issue.',
          `Alternatively, your app may have exited immediately due to a startup failure. Check your Dockerfile\nto ensure it specifies a valid start command (e.g., check that your 'CMD' or 'ENTRYPOINT' is correct).\nYou can also try running 'fly logs' to see what happened when the machine tried to start.`,
          `You can try deploying to a different region,\nor you can try ${longer}`,
        ]
      : [`Your machine never reached the state "${state}".`, `You can try ${longer}`]
  return new FlyctlError(`timeout reached waiting for machine's state to change`, { details })
}

/** A machine is watched so long before it counts as up (flyctl: ten seconds), and at least so long without pauses. */
const SMOKE_MS = 10_000
const LEAST_MS = 200

/** Looks for a while whether the program keeps crashing; longer when it did once. */
export async function watchForCrashes(deployment: Deployment, { machine, log }: Pick<StateWait, 'machine' | 'log'>) {
  const { context, app } = deployment
  const calm = Date.now() + Math.max(SMOKE_MS * context.pace, LEAST_MS)
  const until = deadline(deployment.context, SMOKE_MS)
  log(`Checking that ${named(machine)} is up and running`)
  for (let end = calm; Date.now() < end; ) {
    const seen = await context.api.get({ service: 'flaps', path: `/v1/apps/${app}/machines/${machine.id}` })
    if (crashesAgainAndAgain(seen)) throw await crashing(deployment, machine.id)
    if (hasCrashed(seen)) end = until
    await lookAgain(deployment, LOOK_MS)
  }
}

const lastExit = (machine: unknown) => list(field(machine, 'events')).find((event) => text(event, 'type') === 'exit')

function hasCrashed(machine: unknown): boolean {
  const exit = field(field(lastExit(machine), 'request'), 'exit_event')
  const launch = list(field(machine, 'events')).find((event) => text(event, 'type') === 'launch')
  const after = Number(field(lastExit(machine), 'timestamp')) > Number(field(launch, 'timestamp'))
  return after && field(exit, 'requested_stop') === false
}

function crashesAgainAndAgain(machine: unknown): boolean {
  const request = field(lastExit(machine), 'request')
  const exit = field(request, 'exit_event')
  const [restarting, asked] = [field(exit, 'restarting') === true, field(exit, 'requested_stop') === true]
  return restarting && !asked && Number(field(request, 'restart_count')) > 1 && Number(field(exit, 'exit_code')) !== 0
}

async function crashing({ context, app }: Deployment, id: string): Promise<FlyctlError> {
  const { body } = await context.api.ask({
    service: 'rest',
    path: `/api/v1/apps/${app}/logs?next_token=&instance=${id}`,
  })
  const lines = list(field(body, 'data')).map((entry) => text(field(entry, 'attributes'), 'message') ?? '')
  const why = 'the app appears to be crashing'
  return new FlyctlError(`smoke checks for ${id} failed: ${why}`, {
    details: [
      `Smoke checks for ${id} failed: ${why}\nCheck its logs: here's the last lines below, or run 'fly logs -i ${id}':\n${lines.join('\n')}\n`,
    ],
  })
}

interface HealthWait extends Pick<StateWait, 'machine' | 'withinMs' | 'log'> {
  /** Checks its config asks for. */
  checks: number
}

/** Waits until there is a check and all of them pass. Nothing is waited for where none was asked for. */
export async function waitForHealth(deployment: Deployment, { machine, withinMs, log, checks }: HealthWait) {
  const { context, app } = deployment
  const { id } = machine
  if (checks === 0) return
  const until = deadline(deployment.context, withinMs)
  for (let looks = 0; ; looks += 1) {
    const seen = await context.api.get({ service: 'flaps', path: `/v1/apps/${app}/machines/${id}` })
    const { passing, total } = passingChecks(seen)
    const healthy = total > 0 && passing === total
    if (looks === 0 || healthy) log(`Waiting for ${named(machine)} to become healthy: ${passing}/${total}\n`)
    if (healthy) return
    if (Date.now() >= until) {
      const why = `failed to get VM ${id}: Get "/v1/apps/${app}/machines/${id}": net/http: request canceled`
      throw new FlyctlError(`timeout reached waiting for health checks to pass for machine ${id}: ${why}`, {
        details: ['You can try increasing the timeout with the --wait-timeout flag'],
      })
    }
    await lookAgain(deployment, LOOK_MS)
  }
}
