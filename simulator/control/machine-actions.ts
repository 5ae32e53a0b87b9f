import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { setHung } from '../machines/checks.ts'
import { goOn } from '../machines/delays.ts'
import { vanish } from '../machines/destroy.ts'
import { setHostStatus } from '../machines/host-status.ts'
import { exitByItself } from '../machines/lifecycle.ts'
import { openConnections } from '../public/proxy.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { type Actions, action, type Control } from './control.ts'

export const OneMachine = z.object({ machine: z.string() })
const Host = OneMachine.extend({ status: z.enum(['ok', 'unknown', 'unreachable']) })
const Hang = OneMachine.extend({ hung: z.boolean().default(true) })
const Connections = OneMachine.extend({ count: z.int().nonnegative() })
/** Eight bits are what a kernel keeps of it. */
const Exit = OneMachine.extend({ exitCode: z.int().min(0).max(255).default(1), oom: z.boolean().default(false) })

export function machineOf(world: World, id: string): Machine {
  const machine = world.machines.get(id)
  if (!machine) throw new FlyError(404, 'machine not found')
  return machine
}

function crash(world: World, { machine: id, exitCode, oom }: z.infer<typeof Exit>): void {
  const machine = machineOf(world, id)
  if (machine.state !== 'started') throw new FlyError(412, 'the machine is not started')
  exitByItself(world, machine, { exitCode, oom })
}

function unstick(machine: Machine): void {
  delete machine.stuck
  goOn(machine)
}

/** What befalls machines without their owner's doing. */
export const machineActions = ({ world }: Control): Actions => ({
  destroy: action({
    says: 'somebody else destroys a machine',
    body: OneMachine,
    act: ({ machine }) => vanish(world, machineOf(world, machine)),
  }),
  crash: action({
    says: 'the program of a machine ends and its restart policy decides',
    body: Exit,
    act: (exit) => crash(world, exit),
  }),
  host: action({
    says: 'the host status of one machine alone; standbys take over',
    body: Host,
    act: ({ machine, status }) => setHostStatus(world, machineOf(world, machine), status),
  }),
  hang: action({
    says: 'the program of a machine runs without answering',
    body: Hang,
    act: ({ machine, hung }) => setHung(world, machineOf(world, machine), hung),
  }),
  connections: action({
    says: 'so many connections to a machine are open',
    body: Connections,
    act: ({ machine, count }) => openConnections(world, machineOf(world, machine).id, count),
  }),
  stick: action({
    says: 'a machine stays in the states that it should pass through',
    body: OneMachine,
    act({ machine }) {
      machineOf(world, machine).stuck = true
    },
  }),
  unstick: action({
    says: 'a stuck machine goes on',
    body: OneMachine,
    act: ({ machine }) => unstick(machineOf(world, machine)),
  }),
  unlaunchable: action({
    says: 'the next start of a machine ends as launch_failed',
    body: OneMachine,
    act({ machine }) {
      machineOf(world, machine).behaviour = { kind: 'unlaunchable' }
    },
  }),
  'drop-snapshot': action({
    says: 'the next start of a suspended machine is a cold boot',
    body: OneMachine,
    act({ machine }) {
      delete machineOf(world, machine).snapshot
    },
  }),
})
