import { hasRoomToStart } from '../hosts/room.ts'
import { beginStart } from '../machines/lifecycle.ts'
import { mayRun } from '../organizations/trial.ts'
import type { App, Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { tellWaking } from './proxy-lines.ts'
import { answers, autostarts, hardLimitOf, isFresh, routable, softLimitOf } from './services.ts'

export interface Visitor {
  world: World
  /** Aborts when the visitor leaves. */
  signal: AbortSignal
  /** `fly-force-instance-id`, `fly-force-region` and `fly-prefer-region`. */
  instance: string | undefined
  region: string | undefined
  preferred: string | undefined
}

/** How long the proxy holds a request for a machine that wakes up, in milliseconds. */
const PATIENCE = 8_000

/** The machine that serves a visitor: the least loaded that runs, else one that is woken for it. */
export async function machineForVisitor(visitor: Visitor, app: App): Promise<Machine | undefined> {
  const { world, instance, region, preferred } = visitor
  const wanted = ({ id, region: place }: Machine) =>
    (instance === undefined || id === instance) && (region === undefined || place === region)
  const load = ({ id }: Machine) => world.proxy.load(id)
  const far = (machine: Machine) => Number(preferred !== undefined && machine.region !== preferred)
  const machines = routable(world, app)
    .filter(wanted)
    .sort((a, b) => far(a) - far(b) || load(a) - load(b))
  const running = machines.filter(
    (machine) => answers(machine) && !isFresh(world, machine) && load(machine) < hardLimitOf(machine),
  )
  const sleeper =
    machines.find((machine) => sleeps(machine) && mayRun(world, app) && hasRoomToStart(world, machine)) ??
    machines.find(({ state }) => state === 'starting')
  // One more wakes when all have as much as they should.
  if (sleeper && running.every((machine) => load(machine) >= softLimitOf(machine))) wake(world, sleeper)
  const [first] = running
  if (first) return first
  return sleeper && (await awake(visitor, sleeper)) ? sleeper : undefined
}

const sleeps = (machine: Machine) =>
  (machine.state === 'stopped' || machine.state === 'suspended') && autostarts(machine)

function wake(world: World, machine: Machine): void {
  if (machine.state === 'starting') return
  tellWaking(world, machine)
  beginStart(world, machine, 'proxy')
}

async function awake({ world, signal }: Visitor, machine: Machine): Promise<boolean> {
  const deadline = world.clock.now() + PATIENCE
  await world.schedule.until(() => machine.state !== 'starting', { deadline, signal })
  return machine.state === 'started'
}
