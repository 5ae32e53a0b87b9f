import { LAST_WORDS } from '../logs/words.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'

interface Said {
  provider: string
  message: string
  level: string
}

function say(world: World, machine: Machine, said: Said): void {
  world.logs.add(machine.app, {
    at: BigInt(Math.floor(world.clock.now())) * 1_000_000n,
    instance: machine.id,
    region: machine.region,
    ...said,
  })
}

/** A line of the program that runs machines, `runner` in the logs. */
export function runnerLine(world: World, machine: Machine, message: string, level = 'info'): void {
  say(world, machine, { provider: 'runner', message, level })
}

/** What the program itself printed before it failed. */
export function lastWords(world: World, machine: Machine, { exitCode, oom }: { exitCode: number; oom: boolean }): void {
  if (exitCode === 0 || oom) return
  for (const message of LAST_WORDS) say(world, machine, { provider: 'app', message, level: 'error' })
}
