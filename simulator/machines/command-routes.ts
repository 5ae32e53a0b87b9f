import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { Flag, parse } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import type { Machine } from '../world/types.ts'
import { machineForCommand, machineForWrite } from './find-machine.ts'
import { beginDestroy, beginRestart, beginStart, beginStop, beginSuspend, exitByItself, later } from './lifecycle.ts'

const Signal = z.union([
  z.int().min(1).max(31),
  z.string().regex(/^(SIG)?(ABRT|ALRM|FPE|HUP|ILL|INT|KILL|PIPE|QUIT|SEGV|TERM|TRAP|USR1|USR2)$/),
])
const Timeout = z.union([z.number().nonnegative(), z.string().regex(/^(\d+(\.\d+)?(ns|us|ms|s|m|h)?)*$/)])
const Stop = z.looseObject({ signal: Signal.optional(), timeout: Timeout.optional() })

function refuse(machine: Machine, verb: string): never {
  throw new FlyError(412, `failed_precondition: unable to ${verb} machine from current state: '${machine.state}'`)
}

function start(call: Call) {
  const machine = machineForCommand(call)
  const previous = machine.state
  if (['created', 'stopped', 'suspended', 'failed'].includes(previous)) beginStart(call.world, machine, 'user')
  else if (!['started', 'starting'].includes(previous)) refuse(machine, 'start')
  return ok({ previous_state: previous, migrated: false, new_host: '' })
}

function stop(call: Call) {
  const machine = machineForCommand(call)
  parse(Stop, call.body)
  if (['created', 'started', 'suspended', 'failed'].includes(machine.state)) beginStop(call.world, machine, 'user')
  else if (machine.state === 'starting') stopOnceStarted(call, machine)
  else if (!['stopped', 'stopping'].includes(machine.state)) refuse(machine, 'stop')
  return ok({ ok: true })
}

/** There is no way from starting to stopping: the stop waits until the machine has started. */
function stopOnceStarted({ world }: Call, machine: Machine): void {
  const again = () => {
    if (machine.state === 'started') beginStop(world, machine, 'user')
    else if (machine.state === 'starting') later(world, { machine, step: 50, run: again })
  }
  later(world, { machine, step: 50, run: again })
}

function suspend(call: Call) {
  const machine = machineForCommand(call)
  if (machine.state === 'started') beginSuspend(call.world, machine)
  else if (!['suspended', 'suspending'].includes(machine.state)) refuse(machine, 'suspend')
  return ok({ ok: true })
}

const RestartQuery = z.looseObject({
  timeout: Timeout.optional(),
  signal: Signal.optional(),
  force_stop: Flag.optional(),
})

function restart(call: Call) {
  const machine = machineForCommand(call)
  parse(RestartQuery, call.query)
  if (machine.state === 'started') beginRestart(call.world, machine)
  else if (['stopped', 'suspended', 'failed', 'created'].includes(machine.state))
    beginStart(call.world, machine, 'user')
  else refuse(machine, 'restart')
  return ok({ ok: true })
}

const DestroyQuery = z.looseObject({ force: Flag.optional(), kill: Flag.optional() })
const AT_REST = ['created', 'stopped', 'suspended', 'failed', 'launch_failed']

function destroy(call: Call) {
  const machine = machineForWrite(call)
  const { force, kill } = parse(DestroyQuery, call.query)
  if (!force && !kill && !AT_REST.includes(machine.state)) {
    throw new FlyError(412, `failed_precondition: machine is ${machine.state}: stop it first, or destroy it with force`)
  }
  if (machine.state !== 'destroying') beginDestroy(call.world, machine, 'user')
  return ok({ ok: true })
}

const SignalBody = z.looseObject({ signal: Signal })
const DEADLY = [
  'KILL',
  'SIGKILL',
  'TERM',
  'SIGTERM',
  'INT',
  'SIGINT',
  'QUIT',
  'SIGQUIT',
  'ABRT',
  'SIGABRT',
  'SEGV',
  'SIGSEGV',
]

function signal(call: Call) {
  const machine = machineForCommand(call)
  const { signal: name } = parse(SignalBody, call.body)
  if (machine.state !== 'started') refuse(machine, 'signal')
  const deadly = typeof name === 'number' ? [2, 3, 6, 9, 11, 15].includes(name) : DEADLY.includes(name)
  if (deadly) exitByItself(call.world, machine, { exitCode: 137, oom: false })
  return ok({ ok: true })
}

function cordon(call: Call, cordoned: boolean) {
  machineForWrite(call).cordoned = cordoned
  return ok({ ok: true })
}

const MACHINE = '/v1/apps/:app/machines/:machine'

export const commandRoutes: Route[] = [
  { method: 'POST', path: `${MACHINE}/start`, handle: start },
  { method: 'POST', path: `${MACHINE}/stop`, handle: stop },
  { method: 'POST', path: `${MACHINE}/suspend`, handle: suspend },
  { method: 'POST', path: `${MACHINE}/restart`, handle: restart },
  { method: 'DELETE', path: MACHINE, handle: destroy },
  { method: 'POST', path: `${MACHINE}/signal`, handle: signal },
  { method: 'POST', path: `${MACHINE}/cordon`, handle: (call) => cordon(call, true) },
  { method: 'POST', path: `${MACHINE}/uncordon`, handle: (call) => cordon(call, false) },
]
