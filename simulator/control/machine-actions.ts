import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { setHung } from '../machines/checks.ts'
import { goOn } from '../machines/delays.ts'
import { vanish } from '../machines/destroy.ts'
import { setHostStatus } from '../machines/host-status.ts'
import { exitByItself } from '../machines/lifecycle.ts'
import { openConnections } from '../public/proxy.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { Actions, Control } from './control.ts'

export const OneMachine = z.object({ machine: z.string() })
const Host = OneMachine.extend({ status: z.enum(['ok', 'unknown', 'unreachable']) })
const Hang = OneMachine.extend({ hung: z.boolean().default(true) })
const Connections = OneMachine.extend({ count: z.int().nonnegative() })
const Exit = OneMachine.extend({ exitCode: z.int().default(1), oom: z.boolean().default(false) })

export function machineOf(world: World, id: string): Machine {
  const machine = world.machines.get(id)
  if (!machine) throw new FlyError(404, 'machine not found')
  return machine
}

/** What befalls machines without their owner's doing. */
export const machineActions = ({ world }: Control): Actions => ({
  destroy: (body) => vanish(world, machineOf(world, parse(OneMachine, body).machine)),
  host(body) {
    const { machine: id, status } = parse(Host, body)
    setHostStatus(world, machineOf(world, id), status)
  },
  hang(body) {
    const { machine: id, hung } = parse(Hang, body)
    setHung(world, machineOf(world, id), hung)
  },
  connections(body) {
    const { machine: id, count } = parse(Connections, body)
    openConnections(world, machineOf(world, id).id, count)
  },
  stick: (body) => {
    machineOf(world, parse(OneMachine, body).machine).stuck = true
  },
  unstick(body) {
    const machine = machineOf(world, parse(OneMachine, body).machine)
    delete machine.stuck
    goOn(machine)
  },
  unlaunchable: (body) => {
    machineOf(world, parse(OneMachine, body).machine).behaviour = { kind: 'unlaunchable' }
  },
  'drop-snapshot'(body) {
    delete machineOf(world, parse(OneMachine, body).machine).snapshot
  },
  crash(body) {
    const { machine: id, exitCode, oom } = parse(Exit, body)
    const machine = machineOf(world, id)
    if (machine.state !== 'started') throw new FlyError(412, 'the machine is not started')
    exitByItself(world, machine, { exitCode, oom })
  },
})
