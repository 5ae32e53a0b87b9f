import type { Random } from '../world/random.ts'
import type { Behaviour } from '../world/types.ts'

/** What one machine of the demo fleet is to be. */
export interface MachineSpec {
  app: string
  role: 'workspace' | 'web' | 'api' | 'docs' | 'builder' | 'staging'
  region: string
  state: string
  user?: string
  cpus: number
  memoryMb: number
  volumeGb?: number
  /** Still on the release before the current one. */
  drifted?: boolean
  behaviour?: Behaviour
  autoDestroy?: boolean
  hostStatus?: 'ok' | 'unreachable'
  /** Somebody works in it while the demo runs. */
  active?: boolean
  /** Ended by the kernel for lack of memory. */
  oom?: boolean
  /** Milliseconds it has been in its state. */
  sinceMs: number
  ageMs: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const USER_REGIONS = ['iad', 'iad', 'iad', 'fra', 'fra', 'lhr', 'ams', 'sjc', 'syd', 'nrt'] as const
const SIZES = [
  { cpus: 1, memoryMb: 512 },
  { cpus: 1, memoryMb: 1024 },
  { cpus: 1, memoryMb: 1024 },
  { cpus: 2, memoryMb: 2048 },
  { cpus: 4, memoryMb: 4096 },
] as const
const VOLUMES = [5, 5, 5, 10, 10, 20] as const

/** The states of 60 user machines; what is special about a few of them stands in STORY. */
function userState(index: number): string {
  const place = index % 60
  if (place < 24) return 'started'
  if (place < 46) return 'stopped'
  if (place < 55) return 'suspended'
  return ['failed', 'stopped', 'replacing', 'created', 'stopped'][place - 55] ?? 'stopped'
}

/** The machines a visitor should find, by their place among the user machines. */
const STORY = new Map<number, Partial<MachineSpec>>([
  [0, { active: true, sinceMs: 26 * MINUTE }],
  [3, { behaviour: { kind: 'crash', afterMs: 42_000, exitCode: 1, oom: false }, autoDestroy: true, sinceMs: 20_000 }],
  [9, { hostStatus: 'unreachable' }],
  [16, { behaviour: { kind: 'crash', afterMs: 65_000, exitCode: 1, oom: false }, sinceMs: 31_000 }],
  [55, { behaviour: { kind: 'launch-failure' }, sinceMs: 12 * MINUTE }],
  [56, { oom: true, sinceMs: 38 * MINUTE }],
  [57, { sinceMs: 47 * MINUTE }],
])
/** Users whose machine missed the last release. */
const DRIFTED = new Set([5, 12, 27, 33, 47])
/** Users who keep nothing between sessions. */
const WITHOUT_VOLUME = new Set([7, 18, 29, 41, 58])

function since(random: Random, state: string): number {
  if (state === 'started') return random.int(2 * MINUTE, 9 * HOUR)
  return random.int(20 * MINUTE, 11 * DAY)
}

/** Only machines of at most 2 GB are suspended (Fly docs, suspend and resume). */
const sizeFor = (random: Random, state: string) => {
  const size = random.pick(SIZES)
  return state === 'suspended' && size.memoryMb > 2048 ? SIZES[3] : size
}

function userMachine(random: Random, { app, index, user }: { app: string; index: number; user: string }): MachineSpec {
  const state = userState(index)
  const sinceMs = since(random, state)
  const volumeGb = random.pick(VOLUMES)
  return {
    app,
    role: 'workspace',
    region: random.pick(USER_REGIONS),
    state,
    user,
    ...sizeFor(random, state),
    ...(WITHOUT_VOLUME.has(index % 60) ? {} : { volumeGb }),
    drifted: DRIFTED.has(index % 60),
    sinceMs,
    ageMs: sinceMs + random.int(1 * DAY, 90 * DAY),
    ...(index < 60 ? STORY.get(index) : {}),
  }
}

function ownAppMachine(
  random: Random,
  { app, index, user }: { app: string; index: number; user: string },
): MachineSpec {
  const state =
    ['started', 'stopped', 'started', 'suspended', 'stopped', 'started', 'stopped', 'stopped'][index % 8] ?? 'stopped'
  const sinceMs = since(random, state)
  return {
    app,
    role: 'workspace',
    region: random.pick(USER_REGIONS),
    state,
    user,
    ...sizeFor(random, state),
    volumeGb: random.pick(VOLUMES),
    drifted: index % 8 === 4,
    sinceMs,
    ageMs: sinceMs + random.int(2 * DAY, 60 * DAY),
  }
}

const SERVICES = [
  ...['iad', 'iad', 'fra', 'fra', 'syd'].map((region) => ({
    app: 'acme-web',
    role: 'web' as const,
    region,
    cpus: 1,
    memoryMb: 512,
  })),
  ...['iad', 'iad', 'iad', 'fra', 'fra', 'fra'].map((region) => ({
    app: 'acme-api',
    role: 'api' as const,
    region,
    cpus: 2,
    memoryMb: 2048,
  })),
  ...['iad', 'fra', 'sin'].map((region) => ({
    app: 'acme-docs',
    role: 'docs' as const,
    region,
    cpus: 1,
    memoryMb: 256,
  })),
  ...['iad', 'iad', 'fra', 'fra', 'lhr', 'lhr', 'ams'].map((region) => ({
    app: 'acme-staging',
    role: 'staging' as const,
    region,
    cpus: 1,
    memoryMb: 512,
  })),
]

function serviceMachines(random: Random): MachineSpec[] {
  const services = SERVICES.map((service, index) => {
    const idle = service.role === 'staging' && index % 2 === 0
    const sinceMs = random.int(1 * HOUR, 6 * DAY)
    const ageMs = sinceMs + random.int(20 * DAY, 200 * DAY)
    return {
      ...service,
      state: idle ? 'stopped' : 'started',
      drifted: service.app === 'acme-api' && index === 10,
      sinceMs,
      ageMs,
    }
  })
  const builder: MachineSpec = {
    app: BUILDER,
    role: 'builder',
    region: 'iad',
    state: 'started',
    cpus: 8,
    memoryMb: 8192,
    volumeGb: 50,
    sinceMs: 8 * MINUTE,
    ageMs: 120 * DAY,
  }
  return [...services, builder]
}

export const BUILDER = 'fly-builder-quiet-dawn-4821'
/** User machines one shared app holds before another app begins. */
const SHARED_APP_HOLDS = 500
const DEMO_OWN_APPS = 8

/** `count` machines, the same for the same seed. 90 of them are the demo: 60 shared, 8 of their own, 22 others. */
export function machineSpecs(random: Random, count: number): MachineSpec[] {
  const services = serviceMachines(random)
  const users = Math.max(0, count - services.length)
  const own = Math.min(users, Math.max(DEMO_OWN_APPS, Math.floor(users / 57)))
  const shared = users - own
  const sharedMachines = Array.from({ length: shared }, (_, index) => {
    const page = Math.floor(index / SHARED_APP_HOLDS)
    const app = page === 0 ? 'acme-workspaces' : `acme-workspaces-${page + 1}`
    return userMachine(random, { app, index, user: `usr_${8801 + own + index}` })
  })
  const ownMachines = Array.from({ length: own }, (_, index) => {
    const user = 8801 + index
    return ownAppMachine(random, { app: `ws-${user}`, index, user: `usr_${user}` })
  })
  return [...sharedMachines, ...ownMachines, ...services].slice(0, count)
}
