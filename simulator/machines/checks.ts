import type { Check, Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** The checks a config asks for: its own by name, those of services as `servicecheck-NN-type-port`. */
function checkNames({ config }: Machine): string[] {
  const own = Object.keys(config.checks ?? {})
  const ofServices = (config.services ?? []).flatMap((service) =>
    (service.checks ?? []).map(
      ({ type = 'tcp' }, index) => `servicecheck-${String(index).padStart(2, '0')}-${type}-${service.internal_port}`,
    ),
  )
  return [...own, ...ofServices]
}

/** How long after a start a check first passes, in milliseconds. */
export const FIRST_PASS = 800

function checkOf(name: string, { machine, now, grace }: { machine: Machine; now: number; grace: number }): Check {
  const runs = machine.state === 'started' && now - machine.stateSince >= grace
  const fails = machine.behaviour.kind === 'crash'
  if (runs && !fails) return { name, status: 'passing', output: '200 OK', updatedAt: now }
  return {
    name,
    status: 'critical',
    output: machine.state === 'started' ? 'connect: connection refused' : 'the machine is not running',
    updatedAt: now,
  }
}

/** Checks follow the state; `updatedAt` moves only when a status changes. */
export function refreshChecks(world: World, machine: Machine): void {
  const now = world.clock.now()
  machine.checks = checkNames(machine).map((name) => {
    const next = checkOf(name, { machine, now, grace: FIRST_PASS * world.delayScale })
    const known = machine.checks.find((check) => check.name === name)
    return known?.status === next.status ? { ...next, updatedAt: known.updatedAt } : next
  })
}
