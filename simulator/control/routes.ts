import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import type { Ledger } from '../http/ledger.ts'
import { parse } from '../http/parse.ts'
import { exitByItself, newTurn, setState } from '../machines/lifecycle.ts'
import { detachVolumes } from '../volumes/attach.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { Faults } from './faults.ts'

export interface Control {
  world: World
  ledger: Ledger
  faults: Faults
  controlToken: string
}

const Fault = z.object({
  method: z.string().toUpperCase().optional(),
  path: z.string().optional(),
  times: z.int().positive().default(1),
  status: z.int().min(100).max(599).optional(),
  body: z.unknown().optional(),
  garbage: z.boolean().optional(),
  reset: z.boolean().optional(),
  delayMs: z.int().nonnegative().optional(),
})
const Token = z.object({ token: z.string() })
const OneRegion = z.object({ region: z.string(), on: z.boolean().default(true) })
const OneMachine = z.object({ machine: z.string() })
const Host = OneMachine.extend({ status: z.enum(['ok', 'unknown', 'unreachable']) })
const Exit = OneMachine.extend({ exitCode: z.int().default(1), oom: z.boolean().default(false) })
const Lines = z.object({
  app: z.string(),
  machine: z.string().optional(),
  level: z.string().default('info'),
  provider: z.string().default('app'),
  messages: z.array(z.string()),
})

function machineOf(world: World, id: string): Machine {
  const machine = world.machines.get(id)
  if (!machine) throw new FlyError(404, 'machine not found')
  return machine
}

function set(regions: Set<string>, { region, on }: z.infer<typeof OneRegion>): void {
  if (on) regions.add(region)
  else regions.delete(region)
}

/** Gone, as if somebody else had destroyed it a while ago: 404 from now on. */
function destroyElsewhere(world: World, machine: Machine): void {
  newTurn(machine)
  setState(world, machine, 'destroying')
  setState(world, machine, 'destroyed')
  detachVolumes(world, machine.id)
  world.apps.get(machine.app)?.machines.delete(machine.id)
  world.machines.delete(machine.id)
}

function pushLines(world: World, { app, machine, level, provider, messages }: z.infer<typeof Lines>): void {
  const id = machine ?? [...(world.apps.get(app)?.machines ?? [])][0]
  const { region } = machineOf(world, id ?? '')
  messages.forEach((message, index) => {
    const at = BigInt(Math.floor(world.clock.now())) * 1_000_000n + BigInt(index)
    world.logs.add(app, { at, instance: id ?? '', region, provider, level, message })
  })
}

type Action = (body: unknown) => unknown

function actions({ world, ledger, faults }: Control): Record<string, Action> {
  return {
    revoke: (body) => world.tokens.revoke(parse(Token, body).token),
    restore: (body) => world.tokens.restore(parse(Token, body).token),
    fail: (body) => faults.add(parse(Fault, body)),
    'clear-faults': () => faults.clear(),
    offline: () => faults.setOffline(true),
    online: () => faults.setOffline(false),
    'error-region': (body) => set(world.errorRegions, parse(OneRegion, body)),
    'full-region': (body) => set(world.fullRegions, parse(OneRegion, body)),
    destroy: (body) => destroyElsewhere(world, machineOf(world, parse(OneMachine, body).machine)),
    host(body) {
      const { machine: id, status } = parse(Host, body)
      const machine = machineOf(world, id)
      machine.hostStatus = status
      setState(world, machine, machine.state)
    },
    crash(body) {
      const { machine: id, exitCode, oom } = parse(Exit, body)
      const machine = machineOf(world, id)
      if (machine.state !== 'started') throw new FlyError(412, 'the machine is not started')
      exitByItself(world, machine, { exitCode, oom })
    },
    'push-logs': (body) => pushLines(world, parse(Lines, body)),
    'clear-ledger': () => {
      ledger.clear()
      world.transitions.clear()
    },
  }
}

/** The control port: `POST /_control/<action>` and `GET /_control/ledger`, with its own token. */
export function controlRoutes(server: FastifyInstance, control: Control): void {
  const check = async (request: FastifyRequest) => {
    if (request.headers.authorization !== `Bearer ${control.controlToken}`)
      throw new FlyError(401, 'control token wanted')
    control.world.schedule.settle()
  }
  for (const [name, act] of Object.entries(actions(control))) {
    server.post(`/_control/${name}`, { preHandler: check }, async (request) => {
      act(request.body)
      return { ok: true }
    })
  }
  server.get('/_control/ledger', { preHandler: check }, async () => ({
    requests: control.ledger.entries(),
    transitions: control.world.transitions.list(),
  }))
}
