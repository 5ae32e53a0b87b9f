import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { exitByItself, newTurn, setState } from '../machines/lifecycle.ts'
import { detachVolumes } from '../volumes/attach.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { Actions, Control } from './control.ts'

export const OneMachine = z.object({ machine: z.string() })
const Host = OneMachine.extend({ status: z.enum(['ok', 'unknown', 'unreachable']) })
const Exit = OneMachine.extend({ exitCode: z.int().default(1), oom: z.boolean().default(false) })

export function machineOf(world: World, id: string): Machine {
  const machine = world.machines.get(id)
  if (!machine) throw new FlyError(404, 'machine not found')
  return machine
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

/** What befalls machines without their owner's doing. */
export const machineActions = ({ world }: Control): Actions => ({
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
})
