import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** A line of the program that runs machines, `runner` in the logs. */
export function runnerLine(world: World, machine: Machine, message: string, level = 'info'): void {
  world.logs.add(machine.app, {
    at: BigInt(Math.floor(world.clock.now())) * 1_000_000n + BigInt(world.random.int(0, 999_999)),
    instance: machine.id,
    region: machine.region,
    provider: 'runner',
    level,
    message,
  })
}
