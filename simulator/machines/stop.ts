import type { Machine, StopOrder } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { drawDelay, later, newTurn } from './delays.ts'
import { beginDestroy } from './destroy.ts'
import { milliseconds } from './durations.ts'
import { addEvent, exitRequest } from './events.ts'
import { runnerLine } from './machine-lines.ts'
import { type End, endAt, KILLED } from './program.ts'
import { setState } from './set-state.ts'
import { SIGINT, signalName, signalsIn } from './signals.ts'

/** Milliseconds (Fly docs, configuration: kill_timeout is 5 seconds unless set, 300 at most). */
const DEFAULT_TIMEOUT = 5_000
const LONGEST_TIMEOUT = 300_000

interface Wanted {
  signal?: number | undefined
  timeout?: string | number | undefined
}

/** How a machine is stopped: as the command says, else as its config does, else with SIGINT and five seconds. */
export function stopOrder(machine: Machine, { signal, timeout }: Wanted = {}): Omit<StopOrder, 'source'> {
  const own = machine.config.stop_config
  const [configured] = signalsIn(own?.signal ?? '')
  // Go clients send zero for what nobody chose.
  const wanted = milliseconds(timeout ?? 0) || milliseconds(own?.timeout ?? 0) || DEFAULT_TIMEOUT
  return { signal: signal ?? configured ?? SIGINT, timeout: Math.min(LONGEST_TIMEOUT, wanted) }
}

/** When and how a program ends that is told to: it closes in its own time, or is killed at the timeout. */
export function timeToEnd(
  machine: Machine,
  { signal, timeout }: Omit<StopOrder, 'source'>,
  ownTime: number,
): { delay: number; end: End } {
  const end = endAt(machine, signal)
  return end && ownTime <= timeout ? { delay: ownTime, end } : { delay: timeout, end: KILLED }
}

export function beginStop(world: World, machine: Machine, order: StopOrder): void {
  newTurn(machine)
  const ran = machine.state === 'started'
  delete machine.snapshot
  setState(world, machine, 'stopping')
  const reason = order.source === 'proxy' ? { request: { reason: 'excess capacity' } } : {}
  addEvent(world, machine, { type: 'stop', status: 'stopping', source: order.source, ...reason })
  const ownTime = drawDelay(world, 'stop')
  if (!ran) {
    later(world, { machine, delay: ownTime, run: () => rest(world, machine) })
    return
  }
  runnerLine(world, machine, `Sending signal ${signalName(order.signal)} to main child process`)
  const { delay, end } = timeToEnd(machine, order, ownTime)
  later(world, { machine, delay, run: () => endProgram(world, machine, end) })
}

function endProgram(world: World, machine: Machine, end: End): void {
  setState(world, machine, 'stopped')
  const exit = { ...end, oom: false, requested: true, restarting: false }
  const request = exitRequest(exit, world.clock.now(), machine.restartCount)
  addEvent(world, machine, { type: 'exit', status: 'stopped', source: 'flyd', request })
  if (end.signal !== undefined)
    runnerLine(world, machine, `Main child killed with signal ${signalName(end.signal)}`, 'warn')
  else runnerLine(world, machine, `Main child exited normally with code: ${end.exitCode}`)
  if (machine.config.auto_destroy) beginDestroy(world, machine, 'flyd')
}

function rest(world: World, machine: Machine): void {
  setState(world, machine, 'stopped')
  if (machine.config.auto_destroy) beginDestroy(world, machine, 'flyd')
}
