import { beginStop, stopOrder } from '../machines/stop.ts'
import { beginSuspend, suspendProblem } from '../machines/suspend.ts'
import type { App, Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { tellExcess } from './proxy-lines.ts'
import { autostopOf, minimumOf, routable, softLimitOf } from './services.ts'

/** Every few minutes (Fly docs, autostop/autostart), in milliseconds of the world's own clock. */
export const AUTOSTOP_EVERY = 3 * 60_000

/** In each app and region at most one machine is put to sleep (Fly docs, autostop/autostart). */
export function autostopPass(world: World): void {
  for (const app of world.apps.values()) {
    const running = routable(world, app).filter(({ state }) => state === 'started')
    for (const region of new Set(running.map((machine) => machine.region))) {
      const there = running.filter((machine) => machine.region === region)
      const spare = spareOf(world, app, there)
      if (!spare) continue
      tellExcess(world, spare, there.length)
      putToSleep(world, spare)
    }
  }
  world.proxy.rest()
}

/** `PRIMARY_REGION` is what flyctl leaves of fly.toml; without it, where the app's first machine is. */
function primaryRegion(world: World, app: App): string | undefined {
  const machines = [...app.machines].flatMap((id) => world.machines.get(id) ?? [])
  return machines.map(({ config }) => config.env?.PRIMARY_REGION).find(Boolean) ?? machines[0]?.region
}

/**
 * Excess is what exceeds the machines over their soft limit by more than one; a lone machine is spare without load
 * (Fly docs, autostop/autostart). Which of the excess goes the docs leave open: here one that is idle, never one with
 * connections.
 */
function spareOf(world: World, app: App, running: Machine[]): Machine | undefined {
  const { proxy, clock } = world
  const over = running.filter((machine) => proxy.load(machine.id) > softLimitOf(machine)).length
  const enough = running.length > 1 && running.length <= over + 1
  const least = running[0]?.region === primaryRegion(world, app) ? Math.max(0, ...running.map(minimumOf)) : 0
  if (enough || running.length <= least) return undefined
  const idle = (machine: Machine) =>
    autostopOf(machine) !== 'off' && !proxy.busy(machine.id) && clock.now() - machine.stateSince >= AUTOSTOP_EVERY
  return running.filter(idle).sort((a, b) => a.stateSince - b.stateSince)[0]
}

function putToSleep(world: World, machine: Machine): void {
  // Falls back to a full stop where it cannot be suspended (Machines API description).
  if (autostopOf(machine) === 'suspend' && !suspendProblem(machine)) beginSuspend(world, machine, 'proxy')
  else beginStop(world, machine, { ...stopOrder(machine), source: 'proxy' })
}
