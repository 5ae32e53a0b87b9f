import type { Check, Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { keepsSilent } from './asked-of-image.ts'
import { milliseconds } from './durations.ts'
import { checkLine } from './machine-lines.ts'
import { listensOn, servesPage } from './program.ts'

interface Wanted {
  name: string
  type: 'tcp' | 'http'
  port: number
  path: string
  /** Milliseconds, before `delayScale`. */
  interval: number
  grace: number
}

type ConfigCheck = NonNullable<Machine['config']['checks']>[string]

/** Between two looks where the config names no interval (flyctl's own default for checks). */
const INTERVAL = '15s'

const wantedCheck = (name: string, port: number, check: ConfigCheck): Wanted => ({
  name,
  type: check.type ?? 'tcp',
  port: check.port ?? port,
  path: check.path ?? '/',
  interval: milliseconds(check.interval ?? INTERVAL),
  grace: milliseconds(check.grace_period ?? '0s'),
})

/** The checks a config asks for: its own by name, those of services as `servicecheck-NN-type-port`. */
function wantedChecks(machine: Machine): Wanted[] {
  const { checks = {}, services = [] } = machine.config
  const own = Object.entries(checks).map(([name, check]) => wantedCheck(name, listensOn(machine), check))
  const ofServices = services.flatMap(({ internal_port: port, checks: list = [] }) =>
    list.map((check, index) => {
      const name = `servicecheck-${String(index).padStart(2, '0')}-${check.type ?? 'tcp'}-${port}`
      return wantedCheck(name, port, check)
    }),
  )
  return [...own, ...ofServices]
}

/** How long after a start a check is first looked at, in milliseconds. */
const FIRST_LOOK = 800

/** When a check was last looked at; undefined when the machine has not run that long. */
function lastLook(world: World, machine: Machine, { interval }: Wanted): number | undefined {
  const first = machine.stateSince + FIRST_LOOK * world.delayScale
  const now = world.clock.now()
  const every = interval * world.delayScale
  if (now < first) return undefined
  return every > 0 ? first + Math.floor((now - first) / every) * every : now
}

/** What the program answers at a time: only a program that has hung up changes its mind while it runs. */
function answerAt(machine: Machine, { type, port, path }: Wanted, at: number): { passes: boolean; output: string } {
  const { hang, behaviour } = machine
  if (behaviour.kind === 'crash' || keepsSilent(machine) || listensOn(machine) !== port)
    return { passes: false, output: `connect: connection refused (port ${port})` }
  if (hang && (at >= hang.at ? hang.hung : !hang.hung))
    return { passes: false, output: 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)' }
  if (type === 'tcp') return { passes: true, output: 'Success' }
  const passes = servesPage(path.split('?')[0] ?? path)
  return { passes, output: `HTTP GET http://127.0.0.1:${port}${path}: ${passes ? '200 OK' : '404 Not Found'}` }
}

function checkOf(world: World, machine: Machine, wanted: Wanted): Check {
  const { name, grace } = wanted
  const now = world.clock.now()
  if (machine.state !== 'started')
    return { name, status: 'critical', output: 'the machine is not running', updatedAt: now }
  const at = lastLook(world, machine, wanted)
  if (at === undefined) return { name, status: 'warning', output: 'waiting for the first look', updatedAt: now }
  const { passes, output } = answerAt(machine, wanted, at)
  const patient = at - machine.stateSince < grace * world.delayScale
  return { name, status: passes ? 'passing' : patient ? 'warning' : 'critical', output, updatedAt: at }
}

/** Checks follow the program as it was when last looked at; `updatedAt` moves only when a status changes. */
export function refreshChecks(world: World, machine: Machine): void {
  machine.checks = wantedChecks(machine).map((wanted) => {
    const next = checkOf(world, machine, wanted)
    const known = machine.checks.find(({ name }) => name === wanted.name)
    if (known?.status === next.status) return { ...next, updatedAt: known.updatedAt }
    if (known && machine.state === 'started' && next.status !== 'warning') checkLine(world, machine, next)
    return next
  })
}

/** Plans the looks after a start that can change something: the first, and the first after the grace period. */
export function checksLaterOn(world: World, machine: Machine): void {
  const looks = wantedChecks(machine).flatMap(({ interval, grace }) => {
    const missed = Math.max(0, Math.ceil((grace - FIRST_LOOK) / Math.max(interval, 1)))
    return [FIRST_LOOK, FIRST_LOOK + missed * interval]
  })
  for (const delay of new Set(looks))
    world.schedule.after(delay * world.delayScale, () => refreshChecks(world, machine))
}

/** From now on the program runs without answering, or answers again: its checks see it at their next look. */
export function setHung(world: World, machine: Machine, hung: boolean): void {
  const now = world.clock.now()
  const scale = world.delayScale
  machine.hang = { at: now, hung }
  for (const { interval } of wantedChecks(machine)) {
    const every = interval * scale
    const since = now - machine.stateSince - FIRST_LOOK * scale
    const wait = every > 0 ? (Math.floor(since / every) + 1) * every - since : 0
    world.schedule.after(wait, () => refreshChecks(world, machine))
  }
}
