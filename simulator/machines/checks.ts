import type { Check, Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { listensOn } from './program.ts'

interface Wanted {
  name: string
  port: number
}

/** The checks a config asks for: its own by name, those of services as `servicecheck-NN-type-port`. */
function wantedChecks(machine: Machine): Wanted[] {
  const { checks = {}, services = [] } = machine.config
  const own = Object.entries(checks).map(([name, { port = listensOn(machine) }]) => ({ name, port }))
  const ofServices = services.flatMap(({ internal_port: port, checks: list = [] }) =>
    list.map(({ type = 'tcp' }, index) => ({
      name: `servicecheck-${String(index).padStart(2, '0')}-${type}-${port}`,
      port,
    })),
  )
  return [...own, ...ofServices]
}

/** How long after a start a check first passes, in milliseconds. */
export const FIRST_PASS = 800

interface Look {
  machine: Machine
  now: number
  /** Milliseconds after the start in which nothing passes yet. */
  grace: number
}

/** Passes when the program is up and listens where the check knocks. */
function checkOf({ name, port }: Wanted, { machine, now, grace }: Look): Check {
  const runs = machine.state === 'started' && now - machine.stateSince >= grace
  const answers = machine.behaviour.kind !== 'crash' && listensOn(machine) === port
  if (runs && answers) return { name, status: 'passing', output: '200 OK', updatedAt: now }
  const output = machine.state === 'started' ? 'connect: connection refused' : 'the machine is not running'
  return { name, status: 'critical', output, updatedAt: now }
}

/** Checks follow the state; `updatedAt` moves only when a status changes. */
export function refreshChecks(world: World, machine: Machine): void {
  const now = world.clock.now()
  machine.checks = wantedChecks(machine).map((wanted) => {
    const next = checkOf(wanted, { machine, now, grace: FIRST_PASS * world.delayScale })
    const known = machine.checks.find(({ name }) => name === wanted.name)
    return known?.status === next.status ? { ...next, updatedAt: known.updatedAt } : next
  })
}
