import { shellsFollow } from '../shell/follow.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { FIRST_PASS, refreshChecks } from './checks.ts'
import { addEvent, type Exit, exitRequest } from './events.ts'
import { lastWords, runnerLine } from './machine-lines.ts'
import { isTask, taskExitCode } from './program.ts'
import { publishMachine } from './publish.ts'
import { removeMachine } from './remove-machine.ts'
import { restartsAgain } from './restart-policy.ts'

/** How long each step takes, in milliseconds, drawn from the seed. */
const DELAYS = {
  create: { from: 150, to: 500 },
  start: { from: 500, to: 1_500 },
  resume: { from: 150, to: 450 },
  stop: { from: 400, to: 1_200 },
  suspend: { from: 600, to: 1_600 },
  restart: { from: 400, to: 1_000 },
  replace: { from: 500, to: 1_200 },
  destroy: { from: 400, to: 1_000 },
  task: { from: 600, to: 1_500 },
  backoff: { from: 900, to: 1_800 },
}

export function setState(world: World, machine: Machine, state: string): void {
  const now = world.clock.now()
  if (machine.state !== state)
    world.effects.add({ kind: 'machine', id: machine.id, change: 'state', from: machine.state, to: state })
  machine.state = state
  machine.stateSince = now
  machine.updatedAt = Math.max(now, machine.updatedAt + 1)
  refreshChecks(world, machine)
  publishMachine(world, machine)
  shellsFollow(world, machine)
}

/** A new command: whatever was planned for the machine before is void. */
export function newTurn(machine: Machine): void {
  machine.turn += 1
}

/** Runs a step later, unless another command came meanwhile. */
export function later(
  world: World,
  { machine, step, run }: { machine: Machine; step: keyof typeof DELAYS | number; run: () => void },
): void {
  const { turn } = machine
  const delay =
    typeof step === 'number' ? step : world.random.int(DELAYS[step].from, DELAYS[step].to) * world.delayScale
  world.schedule.after(delay, () => {
    if (machine.turn === turn) run()
  })
}

export function beginStart(world: World, machine: Machine, source: 'user' | 'flyd' | 'proxy'): void {
  newTurn(machine)
  const resumes = machine.state === 'suspended'
  setState(world, machine, 'starting')
  addEvent(world, machine, { type: resumes ? 'resume' : 'start', status: 'starting', source })
  runnerLine(world, machine, resumes ? 'Resuming machine from snapshot' : 'Starting machine')
  later(world, { machine, step: resumes ? 'resume' : 'start', run: () => finishStart(world, machine) })
}

function finishStart(world: World, machine: Machine): void {
  if (machine.behaviour.kind === 'launch-failure') {
    setState(world, machine, 'failed')
    addEvent(world, machine, {
      type: 'launch',
      status: 'failed',
      source: 'flyd',
      request: { error: 'could not launch the init process' },
    })
    runnerLine(world, machine, 'could not launch machine: no such file: /app/start', 'error')
    return
  }
  setState(world, machine, 'started')
  addEvent(world, machine, { type: 'start', status: 'started', source: 'flyd' })
  runnerLine(world, machine, 'Machine started')
  later(world, { machine, step: FIRST_PASS * world.delayScale, run: () => refreshChecks(world, machine) })
  planCrash(world, machine)
  planEnd(world, machine)
}

/** A task ends when its command has: after a moment, with that command's exit code. */
function planEnd(world: World, machine: Machine): void {
  if (!isTask(machine) || machine.behaviour.kind !== 'steady') return
  const exitCode = taskExitCode(machine)
  later(world, { machine, step: 'task', run: () => exitByItself(world, machine, { exitCode, oom: false }) })
}

/** A program that always fails does so some time after each start. */
export function planCrash(world: World, machine: Machine): void {
  const { behaviour } = machine
  if (behaviour.kind !== 'crash') return
  const { exitCode, oom } = behaviour
  later(world, { machine, step: behaviour.afterMs, run: () => exitByItself(world, machine, { exitCode, oom }) })
}

/** The program ended without being asked to: the restart policy decides what comes next. */
export function exitByItself(world: World, machine: Machine, { exitCode, oom }: Pick<Exit, 'exitCode' | 'oom'>): void {
  newTurn(machine)
  const now = world.clock.now()
  const restarting = restartsAgain(machine, { exitCode, now })
  if (restarting) {
    machine.restarts.push(now)
    machine.restartCount += 1
  }
  const exit = { exitCode, oom, requested: false, restarting }
  addEvent(world, machine, {
    type: 'exit',
    status: 'stopped',
    source: 'flyd',
    request: exitRequest(exit, now, machine.restartCount),
  })
  lastWords(world, machine, { exitCode, oom })
  if (oom) runnerLine(world, machine, 'Out of memory: Killed process 651 (node)', 'error')
  else runnerLine(world, machine, `Main child exited normally with code: ${exitCode}`)
  runnerLine(
    world,
    machine,
    `machine exited with exit code ${exitCode}, not requested`,
    exitCode === 0 ? 'info' : 'error',
  )
  if (restarting) {
    setState(world, machine, 'restarting')
    addEvent(world, machine, { type: 'restart', status: 'starting', source: 'flyd' })
    later(world, { machine, step: 'backoff', run: () => beginStart(world, machine, 'flyd') })
    return
  }
  if (exitCode !== 0) runnerLine(world, machine, 'machine has reached its max restart count', 'warn')
  setState(world, machine, 'stopping')
  setState(world, machine, 'stopped')
  if (machine.config.auto_destroy) beginDestroy(world, machine, 'flyd')
}

export function beginStop(world: World, machine: Machine, source: 'user' | 'proxy'): void {
  newTurn(machine)
  const ran = machine.state === 'started'
  setState(world, machine, 'stopping')
  addEvent(world, machine, { type: 'stop', status: 'stopping', source })
  runnerLine(world, machine, 'Sending signal SIGINT to main child process')
  later(world, { machine, step: 'stop', run: () => finishStop(world, machine, ran) })
}

function finishStop(world: World, machine: Machine, ran: boolean): void {
  setState(world, machine, 'stopped')
  const exit = { exitCode: 0, oom: false, requested: true, restarting: false }
  const request = exitRequest(exit, world.clock.now(), machine.restartCount)
  if (ran) {
    addEvent(world, machine, { type: 'exit', status: 'stopped', source: 'flyd', request })
    runnerLine(world, machine, 'Main child exited normally with code: 0')
  }
  if (machine.config.auto_destroy) beginDestroy(world, machine, 'flyd')
}

export function beginSuspend(world: World, machine: Machine): void {
  newTurn(machine)
  setState(world, machine, 'suspending')
  addEvent(world, machine, { type: 'suspend', status: 'suspending', source: 'user' })
  later(world, {
    machine,
    step: 'suspend',
    run: () => {
      setState(world, machine, 'suspended')
      addEvent(world, machine, { type: 'suspend', status: 'suspended', source: 'flyd' })
      runnerLine(world, machine, 'Machine suspended')
    },
  })
}

export function beginRestart(world: World, machine: Machine): void {
  newTurn(machine)
  setState(world, machine, 'restarting')
  addEvent(world, machine, { type: 'restart', status: 'stopping', source: 'user' })
  runnerLine(world, machine, 'Restarting machine')
  later(world, { machine, step: 'restart', run: () => beginStart(world, machine, 'flyd') })
}

/** The old version gives way to the new one; what follows depends on what the machine was doing. */
export function beginReplace(world: World, machine: Machine, next: 'start' | 'stopped' | 'created'): void {
  newTurn(machine)
  setState(world, machine, 'updating')
  addEvent(world, machine, { type: 'update', status: 'replacing', source: 'user' })
  runnerLine(world, machine, `Pulling container image ${machine.config.image}`)
  later(world, {
    machine,
    step: 'replace',
    run: () => {
      addEvent(world, machine, { type: 'launch', status: 'created', source: 'user' })
      if (next === 'start') beginStart(world, machine, 'flyd')
      else setState(world, machine, next)
    },
  })
}

/** A machine that is not launched is prepared and then lies stopped, as standbys and release commands do (flyctl). */
export function beginRest(world: World, machine: Machine): void {
  later(world, { machine, step: 'create', run: () => setState(world, machine, 'stopped') })
}

export function beginLaunch(world: World, machine: Machine): void {
  runnerLine(world, machine, `Pulling container image ${machine.config.image}`)
  later(world, { machine, step: 'create', run: () => beginStart(world, machine, 'flyd') })
}

export function beginDestroy(world: World, machine: Machine, source: 'user' | 'flyd'): void {
  newTurn(machine)
  setState(world, machine, 'destroying')
  addEvent(world, machine, { type: 'destroy', status: 'destroying', source })
  runnerLine(world, machine, source === 'flyd' ? 'auto_destroy is set, destroying machine' : 'Destroying machine')
  later(world, {
    machine,
    step: 'destroy',
    run: () => {
      setState(world, machine, 'destroyed')
      addEvent(world, machine, { type: 'destroy', status: 'destroyed', source: 'flyd' })
      removeMachine(world, machine)
    },
  })
}
