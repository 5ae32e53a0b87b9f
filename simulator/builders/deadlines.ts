import { exitByItself } from '../machines/lifecycle.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** A builder that nobody asks for anything ends itself after ten minutes (flyctl; its remote builders). */
const IDLE_MS = 10 * 60_000

export const BUILDER_ROLE = 'remote-docker-builder'

/** When each builder machine ends itself: milliseconds since 1970, by machine id. */
export type Deadlines = Map<string, number>

export const createDeadlines = (): Deadlines => new Map()

export const builderMachines = (world: World): Machine[] =>
  [...world.apps.values()]
    .filter(({ role }) => role === BUILDER_ROLE)
    .flatMap(({ machines }) => [...machines].flatMap((id) => world.machines.get(id) ?? []))

export const builderIsUp = (world: World): boolean => builderMachines(world).some(({ state }) => state === 'started')

/** Something was asked of the builders: those that count down begin anew. */
export function builderWorks(world: World): void {
  for (const machine of builderMachines(world))
    if (world.builderDeadlines.has(machine.id)) extendDeadline(world, machine)
}

/** Moves the end of a builder ten minutes away, on the world's clock. */
export function extendDeadline(world: World, machine: Machine): number {
  const counts = world.builderDeadlines.has(machine.id)
  const deadline = world.clock.now() + IDLE_MS
  world.builderDeadlines.set(machine.id, deadline)
  if (!counts) endAt(world, machine, deadline)
  return deadline
}

function endAt(world: World, machine: Machine, at: number): void {
  world.schedule.after(at - world.clock.now(), () => {
    const deadline = world.builderDeadlines.get(machine.id) ?? 0
    if (deadline > world.clock.now()) return endAt(world, machine, deadline)
    world.builderDeadlines.delete(machine.id)
    if (machine.state === 'started') exitByItself(world, machine, { exitCode: 0, oom: false })
  })
}
