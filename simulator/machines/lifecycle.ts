import type { Machine, StopOrder } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { checksLaterOn } from './checks.ts'
import { drawDelay, later, newTurn } from './delays.ts'
import { beginDestroy, endLaunch } from './destroy.ts'
import { addEvent, type EventSource, exitRequest } from './events.ts'
import { lastWords, runnerLine } from './machine-lines.ts'
import { type End, endsByItself, taskExitCode } from './program.ts'
import { backOff, restartsAgain } from './restart-policy.ts'
import { setState } from './set-state.ts'
import { signalName } from './signals.ts'
import { STARTS } from './states.ts'
import { beginStop, timeToEnd } from './stop.ts'
import { limitRun } from './trial-stop.ts'

/** Boots the machine, or resumes it when it was suspended and its snapshot is still there. */
export function beginStart(world: World, machine: Machine, source: EventSource): void {
  newTurn(machine)
  const resumes = machine.state === 'suspended' && machine.snapshot === true
  delete machine.snapshot
  if (!resumes) delete machine.hang
  setState(world, machine, 'starting')
  addEvent(world, machine, { type: resumes ? 'resume' : 'start', status: 'starting', source })
  runnerLine(world, machine, resumes ? 'Resuming machine from snapshot' : 'Starting machine')
  const delay = drawDelay(world, resumes ? 'resume' : 'start')
  later(world, { machine, delay, run: () => finishStart(world, machine) })
}

function finishStart(world: World, machine: Machine): void {
  const { behaviour, stopsOnceStarted: order, updatesOnceStarted: next } = machine
  delete machine.stopsOnceStarted
  delete machine.updatesOnceStarted
  if (behaviour.kind === 'unlaunchable') {
    endLaunch(world, machine)
    return
  }
  if (behaviour.kind === 'launch-failure') failStart(world, machine)
  else tellStart(world, machine)
  if (next) beginReplace(world, machine, order ? 'stopped' : next)
  else if (machine.state === 'started') run(world, machine, order)
}

function tellStart(world: World, machine: Machine): void {
  setState(world, machine, 'started')
  addEvent(world, machine, { type: 'start', status: 'started', source: 'flyd' })
  runnerLine(world, machine, 'Machine started')
}

function run(world: World, machine: Machine, order: StopOrder | undefined): void {
  if (order) {
    beginStop(world, machine, order)
    return
  }
  limitRun(world, machine)
  checksLaterOn(world, machine)
  planCrash(world, machine)
  planEnd(world, machine)
}

function failStart(world: World, machine: Machine): void {
  setState(world, machine, 'failed')
  const request = { error: 'could not launch the init process' }
  addEvent(world, machine, { type: 'launch', status: 'failed', source: 'flyd', request })
  runnerLine(world, machine, 'could not launch machine: no such file: /app/start', 'error')
}

/** A task ends when its command has: after a moment, with that command's exit code. */
function planEnd(world: World, machine: Machine): void {
  if (!endsByItself(machine) || machine.behaviour.kind !== 'steady') return
  const exitCode = taskExitCode(machine)
  later(world, { machine, delay: drawDelay(world, 'task'), run: () => exitByItself(world, machine, { exitCode }) })
}

/** A program that always fails does so some time after each start. */
export function planCrash(world: World, machine: Machine): void {
  const { behaviour, turn } = machine
  if (behaviour.kind !== 'crash') return
  const { exitCode, oom, afterMs } = behaviour
  // The program's own time: it does not run faster because the platform does, and never takes none at all.
  world.schedule.after(Math.max(1, afterMs), () => {
    const run = () => exitByItself(world, machine, { exitCode, oom })
    if (machine.turn === turn) later(world, { machine, delay: 0, run })
  })
}

/** The program ended without being asked to: the restart policy decides what comes next. */
export function exitByItself(world: World, machine: Machine, end: End & { oom?: boolean }): void {
  newTurn(machine)
  const now = world.clock.now()
  const { exitCode, oom = false } = end
  const restarting = restartsAgain(machine, { exitCode, now })
  if (restarting) {
    machine.restarts.push(now)
    machine.restartCount += 1
  }
  const exit = exitRequest({ ...end, oom, requested: false, restarting }, now, machine.restartCount)
  addEvent(world, machine, { type: 'exit', status: 'stopped', source: 'flyd', request: exit })
  tellExit(world, machine, { exitCode, oom })
  if (restarting) {
    restartLater(world, machine)
    return
  }
  if (exitCode !== 0) runnerLine(world, machine, 'machine has reached its max restart count', 'warn')
  setState(world, machine, 'stopping')
  setState(world, machine, 'stopped')
  if (machine.config.auto_destroy) beginDestroy(world, machine, 'flyd')
}

function tellExit(world: World, machine: Machine, { exitCode, oom }: { exitCode: number; oom: boolean }): void {
  lastWords(world, machine, { exitCode, oom })
  if (oom) runnerLine(world, machine, 'Out of memory: Killed process 651 (node)', 'error')
  else runnerLine(world, machine, `Main child exited normally with code: ${exitCode}`)
  const level = exitCode === 0 ? 'info' : 'error'
  runnerLine(world, machine, `machine exited with exit code ${exitCode}, not requested`, level)
}

function restartLater(world: World, machine: Machine): void {
  setState(world, machine, 'restarting')
  addEvent(world, machine, { type: 'restart', status: 'starting', source: 'flyd' })
  const delay = drawDelay(world, 'backoff') * backOff(machine)
  later(world, { machine, delay, run: () => beginStart(world, machine, 'flyd') })
}

/** Ends the program as a stop would, then boots the machine again. */
export function beginRestart(
  world: World,
  machine: Machine,
  { source = 'user', ...order }: Omit<StopOrder, 'source'> & { source?: EventSource },
): void {
  newTurn(machine)
  setState(world, machine, 'restarting')
  addEvent(world, machine, { type: 'restart', status: 'stopping', source })
  runnerLine(world, machine, `Restarting machine: sending signal ${signalName(order.signal)} to main child process`)
  const { delay, end } = timeToEnd(machine, order, drawDelay(world, 'restart'))
  const run = () => {
    const exit = exitRequest(
      { ...end, oom: false, requested: true, restarting: false },
      world.clock.now(),
      machine.restartCount,
    )
    addEvent(world, machine, { type: 'exit', status: 'stopped', source: 'flyd', request: exit })
    beginStart(world, machine, 'flyd')
  }
  later(world, { machine, delay, run })
}

/** Where an update leads: the machine starts again, or lies as it did, or was never launched. */
export type AfterUpdate = NonNullable<Machine['updatesOnceStarted']>

/** From `starting` and `restarting` no way leads to `updating`: an update waits until the machine is through them. */
export function beginUpdate(world: World, machine: Machine, next: AfterUpdate): void {
  if (STARTS.includes(machine.state)) machine.updatesOnceStarted = next
  else beginReplace(world, machine, next)
}

/** The old version gives way to the new one; what follows depends on what the machine was doing. */
function beginReplace(world: World, machine: Machine, next: AfterUpdate): void {
  newTurn(machine)
  delete machine.snapshot
  setState(world, machine, 'updating')
  addEvent(world, machine, { type: 'update', status: 'replacing', source: 'user' })
  runnerLine(world, machine, `Pulling container image ${machine.config.image}`)
  const run = () => {
    addEvent(world, machine, { type: 'launch', status: 'created', source: 'user' })
    if (next === 'start') beginStart(world, machine, 'flyd')
    else setState(world, machine, next)
  }
  later(world, { machine, delay: drawDelay(world, 'replace'), run })
}
