import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import { guestOf } from './config.ts'
import { exec } from './exec.ts'
import { machineFor, machineForWrite, startedOnly } from './find-machine.ts'
import { listensOn } from './program.ts'

function processes(call: Call) {
  const machine = startedOnly(machineFor(call))
  const port = listensOn(machine)
  const seconds = Math.floor((call.world.clock.now() - machine.stateSince) / 1000)
  return ok([
    {
      pid: 1,
      stime: 0,
      rtime: seconds,
      command: '/fly/init',
      directory: '/',
      cpu: 0,
      rss: 12_288,
      listen_sockets: [{ proto: 'tcp', address: '[::]:22' }],
    },
    {
      pid: 651,
      stime: 4,
      rtime: seconds,
      command: 'node server.js',
      directory: '/app',
      cpu: 1,
      rss: 98_304,
      listen_sockets: [{ proto: 'tcp', address: `0.0.0.0:${port}` }],
    },
  ])
}

function memory(call: Call) {
  const machine = machineFor(call)
  const { memory_mb: full } = guestOf(machine.config)
  const limit = machine.memoryLimitMb ?? full
  return ok({ limit_mb: limit, available_mb: Math.floor(limit * 0.6) })
}

function limitMemory(call: Call) {
  const machine = machineForWrite(call)
  const { limit_mb: limit } = parse(z.looseObject({ limit_mb: z.int().positive() }), call.body)
  if (limit > guestOf(machine.config).memory_mb) throw new FlyError(400, 'limit_mb is above the memory of the machine')
  machine.memoryLimitMb = limit
  call.world.effects.add({ kind: 'machine', id: machine.id, change: 'memory', to: String(limit) })
  return memory(call)
}

function reclaim(call: Call) {
  machineForWrite(call)
  const { amount_mb: amount } = parse(z.looseObject({ amount_mb: z.int().positive() }), call.body)
  return ok({ actual_mb: Math.min(amount, 64) })
}

const MACHINE = '/v1/apps/:app/machines/:machine'

export const insideRoutes: Route[] = [
  { method: 'POST', path: `${MACHINE}/exec`, handle: exec },
  { method: 'GET', path: `${MACHINE}/ps`, handle: processes },
  { method: 'GET', path: `${MACHINE}/memory`, handle: memory },
  { method: 'PUT', path: `${MACHINE}/memory`, handle: limitMemory },
  { method: 'POST', path: `${MACHINE}/memory/reclaim`, handle: reclaim },
]
