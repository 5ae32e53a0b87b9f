import { field, text } from '../api.ts'
import { deadline } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { releaseLease } from '../lease.ts'
import { type Deployment, endedBy, lookAgain } from './deployment.ts'
import { type Launched, named } from './launched-machines.ts'
import type { Leases } from './leases.ts'
import { type Change, createMachine, destroyMachine } from './machine-changes.ts'
import { countChecks } from './machine-config.ts'
import { passingChecks } from './passing-checks.ts'
import { inPool } from './pool.ts'
import { refusal } from './refusal.ts'

/** Pauses in which the proxy learns of the new machines and forgets the old ones (flyctl). */
const SETTLE_MS = 10_000
const LOOK_MS = 1_000
/** Time to undo what was begun, also after an interruption. */
const ROLLBACK_MS = 10_000

interface Green {
  machine: Launched
  change: Change
}

/** A second machine beside every one; when all are healthy the traffic moves over and the old ones go. */
export async function blueGreen(deployment: Deployment, leases: Leases, changes: Change[]): Promise<void> {
  const { context } = deployment
  await checkBluegreen(deployment, changes)
  const greens: Green[] = []
  try {
    context.stderr('\nCreating green machines')
    await createGreens(deployment, changes, greens)
    await context.pause(300)
    context.stderr('\nWaiting for all green machines to start')
    await awaitAll(deployment, machinesOf(started(greens)), hasState('started'))
    context.stderr('\nWaiting for all green machines to be healthy')
    const checked = started(greens).filter(({ change }) => countChecks(change.input.config) > 0)
    await awaitAll(deployment, machinesOf(checked), isHealthy)
    context.stderr('\nMarking green machines as ready')
    await forEach(deployment, machinesOf(greens), (machine) =>
      command(deployment, machine, { verb: 'uncordon', nonce: undefined, said: 'now ready' }),
    )
  } catch (error) {
    await rollBack(deployment, greens)
    throw error
  }
  await retireBlues(deployment, leases, changes)
}

async function checkBluegreen({ context, app }: Deployment, changes: Change[]): Promise<void> {
  const query = 'query ($name: String!) { canPerformBluegreenDeployment(name: $name) }'
  const body = { query, variables: { name: app } }
  const may = await context.api.get({ service: 'graphql', method: 'POST', path: '/graphql', body })
  if (field(may, 'canPerformBluegreenDeployment') === false)
    throw new FlyctlError("app can't undergo bluegreen deployment due to org limits")
  context.stderr('\nVerifying if app can be safely deployed ')
  const images = new Set(changes.map(({ machine }) => text(machine.config, 'image')))
  if (images.size > 1) {
    context.stderr(
      `\n  Found ${images.size} different images in your app (for bluegreen to work, all machines need to run a single image)`,
    )
    throw new FlyctlError('found multiple image versions')
  }
  if (changes.some(({ input }) => countChecks(input.config) > 0)) return
  const where = 'https://fly.io/docs/reference/configuration/#services-tcp_checks'
  context.stderr(`\n\nYou need to define at least 1 check in order to use blue-green deployments. Refer to ${where}`)
  throw new FlyctlError('app not in valid state for bluegreen deployments')
}

async function createGreens(deployment: Deployment, changes: Change[], greens: Green[]): Promise<void> {
  const tag = String(Date.now())
  await inPool(changes, Math.max(1, Math.ceil(changes.length / 3)), async (change) => {
    const config = { ...change.input.config }
    config.metadata = { ...Object(config.metadata), fly_bluegreen_deployment_tag: tag }
    const machine = await createMachine(deployment, { input: { ...change.input, config }, hidden: true })
    greens.push({ machine, change })
    await releaseLease(deployment.context, { ...machine, app: deployment.app })
    deployment.context.stderr(`  Created machine ${named(machine)}`)
  })
}

/** Those that run: a machine that rested before rests again. */
const started = (greens: Green[]): Green[] => greens.filter(({ change }) => !change.input.skipLaunch)
const machinesOf = (greens: Green[]): Launched[] => greens.map(({ machine }) => machine)

/** How a machine that is looked at stands, and whether that is enough. */
type Judge = (seen: unknown) => { done: boolean; words: string }

const hasState =
  (wanted: string): Judge =>
  (seen) => {
    const words = text(seen, 'state') ?? ''
    return { done: words === wanted, words }
  }

const isHealthy: Judge = (seen) => {
  const { passing, total } = passingChecks(seen)
  return { done: total > 0 && passing === total, words: total === 0 ? 'unchecked' : `${passing}/${total} passing` }
}

/** Looks at machines until each is as it should be, and tells of every change. */
async function awaitAll(deployment: Deployment, machines: Launched[], judge: Judge): Promise<void> {
  const until = deadline(deployment.context, deployment.options.waitMs)
  const told = new Map<string, string>()
  for (let waiting = machines; ; ) {
    const looked = await Promise.all(waiting.map((machine) => look(deployment, { machine, judge, told })))
    waiting = waiting.filter((_, at) => looked[at] === false)
    if (waiting.length === 0) return
    if (Date.now() >= until) throw new FlyctlError('wait timeout')
    await lookAgain(deployment, LOOK_MS)
  }
}

interface Look {
  machine: Launched
  judge: Judge
  /** What was last said of each machine. */
  told: Map<string, string>
}

async function look({ context, app }: Deployment, { machine, judge, told }: Look): Promise<boolean> {
  const seen = await context.api.get({ service: 'flaps', path: `/v1/apps/${app}/machines/${machine.id}` })
  const { done, words } = judge(seen)
  if (told.get(machine.id) !== words) context.stderr(`  Machine ${named(machine)} - ${words}`)
  told.set(machine.id, words)
  return done
}

async function rollBack(deployment: Deployment, greens: Green[]): Promise<void> {
  const ended = endedBy(deployment, AbortSignal.timeout(ROLLBACK_MS))
  ended.context.stderr('\nRolling back failed deployment')
  for (const { machine } of greens) {
    await destroyMachine(ended, { id: machine.id, nonce: undefined })
    ended.context.stderr(`  Deleted machine ${named(machine)}`)
  }
}

const forEach = (deployment: Deployment, machines: Launched[], run: (machine: Launched) => Promise<void>) =>
  inPool(machines, deployment.options.maxConcurrent, run)

interface Verb {
  verb: 'uncordon' | 'cordon' | 'stop'
  nonce: string | undefined
  said?: string
}

async function command({ context, app }: Deployment, machine: Launched, { verb, nonce, said }: Verb): Promise<void> {
  const path = `/v1/apps/${app}/machines/${machine.id}/${verb}`
  const answer = await context.api.ask({ service: 'flaps', method: 'POST', path, leaseNonce: nonce, body: {} })
  if (answer.status >= 300) throw refusal(`failed to ${verb} VM ${machine.id}`, answer)
  if (said !== undefined) context.stderr(`  Machine ${named(machine)} ${said}`)
}

/** From here on there is no way back: the new machines serve. */
async function retireBlues(deployment: Deployment, leases: Leases, changes: Change[]): Promise<void> {
  const { context } = deployment
  const { stderr, pause } = context
  const blues = changes.map(({ machine }) => machine)
  const nonceOf = ({ id }: Launched) => leases.nonce(id)
  stderr('\nCheckpointing deployment, this may take a few seconds...')
  stderr('\nWaiting before cordoning all blue machines')
  await pause(SETTLE_MS)
  await forEach(deployment, blues, (machine) =>
    command(deployment, machine, { verb: 'cordon', nonce: nonceOf(machine), said: 'cordoned' }),
  )
  stderr('\nWaiting before stopping all blue machines')
  await pause(SETTLE_MS)
  stderr('\nStopping all blue machines')
  const running = blues.filter(({ state }) => state === 'started')
  await forEach(deployment, running, (machine) =>
    command(deployment, machine, { verb: 'stop', nonce: nonceOf(machine) }),
  )
  stderr('\nWaiting for all blue machines to stop')
  await awaitAll(deployment, running, hasState('stopped'))
  stderr('\nDestroying all blue machines')
  await forEach(deployment, blues, async (machine) => {
    await destroyMachine(deployment, { id: machine.id, nonce: nonceOf(machine) })
    stderr(`  Machine ${named(machine)} destroyed`)
  })
  stderr('\nDeployment Complete')
}
