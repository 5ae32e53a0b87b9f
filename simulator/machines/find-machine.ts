import { appFor } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import type { Call } from '../http/route.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** A new machine that does not show yet. */
export const isHidden = ({ clock }: World, { visibleAt = 0 }: Machine): boolean => visibleAt > clock.now()

/** The machine a path names; 404 when it is not there, or not in that app. */
export function machineFor({ world, principal, params }: Call): Machine {
  const app = appFor(world, principal, params.app ?? '')
  const machine = world.machines.get(params.machine ?? '')
  if (!machine || machine.app !== app.name || isHidden(world, machine)) throw new FlyError(404, 'machine not found')
  return machine
}

/** The same, for a write: refused while another holds the lease. */
export function machineForWrite(call: Call): Machine {
  const machine = machineFor(call)
  const { lease } = machine
  const held = lease && lease.expiresAt > call.world.clock.now()
  if (held && call.header('fly-machine-lease-nonce') !== lease.nonce) {
    const until = new Date(lease.expiresAt).toISOString()
    throw new FlyError(409, `aborted: machine lease currently held by ${lease.owner}, expires at ${until}`)
  }
  if (machine.state === 'destroyed') throw new FlyError(404, 'machine not found')
  return machine
}

/** The same, for a command that needs the host: it fails while the host cannot be reached. */
export function machineForCommand(call: Call): Machine {
  const machine = machineForWrite(call)
  if (machine.hostStatus !== 'ok') throw hostLost()
  return machine
}

export const hostLost = () => new FlyError(503, 'the host of this machine cannot be reached')

/** A command inside a machine does not wake it. */
export function startedOnly(machine: Machine): Machine {
  if (machine.state === 'started') return machine
  throw new FlyError(412, `failed_precondition: machine is not started, its state is '${machine.state}'`)
}
