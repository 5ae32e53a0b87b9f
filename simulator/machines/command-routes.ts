import { z } from 'zod'
import type { Host } from '../hosts/hosts.ts'
import { mayMove, moveToStart } from '../hosts/migrate.ts'
import { FlyError } from '../http/fly-error.ts'
import { Flag, parse, withoutNulls } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import { checkTrialGuest } from '../organizations/trial.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { guestOf } from './config.ts'
import { goOn } from './delays.ts'
import { beginDestroy } from './destroy.ts'
import { addEvent } from './events.ts'
import { hostLost, machineForCommand, machineForWrite } from './find-machine.ts'
import { beginRestart, beginStart, exitByItself } from './lifecycle.ts'
import { endAt } from './program.ts'
import { startsOnlyBySchedule } from './recurrence.ts'
import { touch } from './set-state.ts'
import { AnySignal, SIGKILL, StopSignal } from './signals.ts'
import { AT_REST, STARTS } from './states.ts'
import { beginStop, stopOrder } from './stop.ts'
import { beginSuspend, suspendProblem } from './suspend.ts'

/** A Go duration or a number of seconds. */
const Timeout = z.union([z.number().nonnegative(), z.string().regex(/^(\d+(\.\d+)?(ns|us|ms|s|m|h)?)+$/)])
// flyctl sends empty words for what nobody chose.
const chosen = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
const Stop = z.looseObject({ signal: chosen(StopSignal), timeout: chosen(Timeout) })

const precondition = (text: string) => new FlyError(412, `failed_precondition: ${text}`)
const refusal = ({ state }: Machine, verb: string) =>
  precondition(`unable to ${verb} machine from current state: '${state}'`)

/** Starts a machine that lies, on its own host or on the one it has to move to, which is returned. */
function launchAgain(world: World, machine: Machine): Host | undefined {
  const app = world.apps.get(machine.app)
  if (app) checkTrialGuest(world, app, guestOf(machine.config))
  const host = moveToStart(world, machine)
  beginStart(world, machine, 'user')
  return host
}

/** A machine that lies and may move does not need its own host to be there. */
function machineForStart(call: Call): Machine {
  const machine = machineForWrite(call)
  const leaves = machine.hostStatus === 'unreachable' && AT_REST.includes(machine.state) && mayMove(machine)
  if (machine.hostStatus !== 'ok' && !leaves) throw hostLost()
  return machine
}

function start(call: Call) {
  const machine = machineForStart(call)
  const previous = machine.state
  const runs = previous === 'started' || previous === 'starting'
  if (!runs && !AT_REST.includes(previous)) throw refusal(machine, 'start')
  if (!runs && startsOnlyBySchedule(machine)) throw precondition('a machine with a schedule is started by it')
  // Whoever wants it started takes back the stop that was to follow.
  if (runs) delete machine.stopsOnceStarted
  const host = runs ? undefined : launchAgain(call.world, machine)
  return ok({ previous_state: previous, migrated: host !== undefined, new_host: host?.id ?? '' })
}

/** Where a stop has something to do at once. */
const STOPPABLE = ['created', 'started', 'suspended', 'failed']

function stop(call: Call) {
  const machine = machineForCommand(call)
  const order = { ...stopOrder(machine, parse(Stop, withoutNulls(call.body))), source: 'user' as const }
  if (STOPPABLE.includes(machine.state)) beginStop(call.world, machine, order)
  else if (STARTS.includes(machine.state)) machine.stopsOnceStarted = order
  else if (machine.state !== 'stopped' && machine.state !== 'stopping') throw refusal(machine, 'stop')
  return ok({ ok: true })
}

function suspend(call: Call) {
  const machine = machineForCommand(call)
  if (machine.state === 'suspended' || machine.state === 'suspending') return ok({ ok: true })
  if (machine.state !== 'started') throw refusal(machine, 'suspend')
  const problem = suspendProblem(machine)
  if (problem) throw precondition(problem)
  beginSuspend(call.world, machine, 'user')
  return ok({ ok: true })
}

const RestartQuery = Stop.extend({ force_stop: Flag.optional() })

function restart(call: Call) {
  const machine = machineForCommand(call)
  const { force_stop: forced, signal, timeout } = parse(RestartQuery, call.query)
  const order = stopOrder(machine, { signal: forced ? SIGKILL : signal, timeout })
  if (machine.state === 'started') beginRestart(call.world, machine, order)
  else if (AT_REST.includes(machine.state)) launchAgain(call.world, machine)
  else throw refusal(machine, 'restart')
  return ok({ ok: true })
}

const DestroyQuery = z.looseObject({ force: Flag.optional(), kill: Flag.optional() })
/** A launch that failed is on its way out already. */
const GOING = ['destroying', 'launch_failed']

function destroy(call: Call) {
  const machine = machineForWrite(call)
  const { force, kill } = parse(DestroyQuery, call.query)
  const { state } = machine
  if (force || kill) delete machine.stuck
  if (GOING.includes(state)) {
    goOn(machine)
    return ok({ ok: true })
  }
  if (!force && !kill && !AT_REST.includes(state))
    throw precondition(`machine is ${state}: stop it first, or destroy it with force`)
  beginDestroy(call.world, machine, 'user')
  return ok({ ok: true })
}

function signal(call: Call) {
  const machine = machineForCommand(call)
  const { signal: number } = parse(z.looseObject({ signal: AnySignal }), call.body)
  if (machine.state !== 'started') throw refusal(machine, 'signal')
  const end = endAt(machine, number)
  if (end) exitByItself(call.world, machine, end)
  return ok({ ok: true })
}

function cordon(call: Call, cordoned: boolean) {
  const machine = machineForWrite(call)
  if (machine.cordoned === cordoned) return ok({ ok: true })
  machine.cordoned = cordoned
  const word = cordoned ? 'cordon' : 'uncordon'
  call.world.effects.add({ kind: 'machine', id: machine.id, change: word })
  addEvent(call.world, machine, { type: word, status: `${word}ed`, source: 'user' })
  touch(call.world, machine)
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
