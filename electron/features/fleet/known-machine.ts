import type { FlyMachine } from '#electron/fly/machine-schema.ts'
import { enteredAt } from '#shared/machines/machine-events.ts'
import { userIdOf } from '#shared/machines/machine-role.ts'
import type { Config, Core, Details, Env, KnownMachine, Since } from './known-schema.ts'
import { newest, type Register } from './register.ts'

/** A machine as one answer told it. */
export interface SeenMachine {
  machine: FlyMachine
  org: string
  /** Read by itself or with its app: with events, checks, mounts and env. Lists of an organization lack them. */
  full: boolean
  readAt: number
}

/** What is known after some answers, in whatever order they came. */
export function mergeMachine(known: KnownMachine | undefined, seen: readonly SeenMachine[]): KnownMachine | undefined {
  const [first] = seen
  if (!first) return known
  let core = known?.core ?? coreOf(first)
  let { config, env, details }: Partial<KnownMachine> = known ?? {}
  for (const one of seen) {
    core = newest(core, coreOf(one)) ?? core
    config = newest(config, configOf(one))
    env = newest(env, envOf(one))
    details = latest(details, detailsOf(one))
  }
  return { id: first.machine.id, core, config, env, details, since: sinceOf({ core, details, before: known?.since }) }
}

function coreOf({ machine, org, readAt }: SeenMachine): Register<Core> {
  const { name, app, state, region, instanceId, createdAt, updatedAt } = machine
  return { updatedAt, readAt, value: { name, app, org, state, region, instanceId, createdAt } }
}

function configOf({ machine: { config, updatedAt }, readAt }: SeenMachine): Register<Config> | undefined {
  if (!config) return undefined
  const { guest, image, metadata } = config
  return { updatedAt, readAt, value: { guest, image, metadata } }
}

function envOf({ machine: { config, updatedAt }, full, readAt }: SeenMachine): Register<Env> | undefined {
  if (!config || !full) return undefined
  return { updatedAt, readAt, value: { userId: userIdOf(config), volumeId: config.mounts[0]?.volumeId } }
}

function detailsOf({ machine, full, readAt }: SeenMachine): Register<Details> | undefined {
  if (!full) return undefined
  const { hostStatus, instanceId, image, checks, events, state, updatedAt } = machine
  const at = enteredAt(state, events)
  const passing = checks.filter(({ status }) => status === 'passing').length
  const value: Details = {
    hostStatus,
    instanceId,
    image,
    checks: checks.length > 0 ? { passing, total: checks.length } : undefined,
    entered: at === undefined ? undefined : { state, at },
  }
  return { updatedAt, readAt, value }
}

/** Checks and hosts change without a new `updated_at`, so of two full readings the later one counts. */
function latest(left: Register<Details> | undefined, right: Register<Details> | undefined) {
  if (!left || !right) return left ?? right
  if (left.readAt === right.readAt) return newest(left, right)
  return left.readAt > right.readAt ? left : right
}

interface SinceInput {
  core: Register<Core>
  details: Register<Details> | undefined
  before: Since | undefined
}

function sinceOf({ core, details, before }: SinceInput): Since {
  const { state } = core.value
  const entered = details?.value.entered
  if (entered?.state === state && details?.updatedAt === core.updatedAt) {
    return { state, at: entered.at, exact: true }
  }
  if (before?.state === state) return before
  return { state, at: core.updatedAt, exact: false }
}

/** The same machine, found to be no more. Older answers that still name it cannot bring it back. */
export function withoutLife(known: KnownMachine, readAt: number): KnownMachine {
  const { core } = known
  if (core.value.state === 'destroyed') return known
  const updatedAt = core.updatedAt + 1
  return {
    ...known,
    core: { updatedAt, readAt, value: { ...core.value, state: 'destroyed' } },
    since: { state: 'destroyed', at: readAt, exact: false },
  }
}
