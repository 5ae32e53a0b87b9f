import { LAST_WORDS } from '../logs/words.ts'
import type { Check, LogLine, Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'

type Said = Omit<LogLine, 'at' | 'instance' | 'region'>

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

/** A line of the proxy about a machine it woke or could not use. */
export function proxyLine(
  world: World,
  machine: Machine,
  said: Pick<Said, 'message' | 'level' | 'request' | 'error'>,
): void {
  say(world, machine, { provider: 'proxy', ...said })
}

/** A check of a running machine changed its mind (words as Fly's logs have them). */
export function checkLine(world: World, machine: Machine, { name, status }: Check): void {
  const isPassing = status === 'passing'
  const message = isPassing
    ? `Health check '${name}' is now passing.`
    : `Health check '${name}' has failed. Your app is not responding properly.`
  say(world, machine, { provider: 'health', message, level: isPassing ? 'info' : 'error' })
}

/** What the program itself printed before it failed. */
export function lastWords(world: World, machine: Machine, { exitCode, oom }: { exitCode: number; oom: boolean }): void {
  if (exitCode === 0 || oom) return
  for (const message of LAST_WORDS) say(world, machine, { provider: 'app', message, level: 'error' })
}
