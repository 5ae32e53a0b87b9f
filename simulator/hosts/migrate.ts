import { networkPrefix } from '../apps/network.ts'
import { FlyError } from '../http/fly-error.ts'
import { guestOf } from '../machines/config.ts'
import { newTurn } from '../machines/delays.ts'
import { addEvent } from '../machines/events.ts'
import { setHostStatus } from '../machines/host-status.ts'
import { beginRestart } from '../machines/lifecycle.ts'
import { touch } from '../machines/set-state.ts'
import { AT_REST } from '../machines/states.ts'
import { stopOrder } from '../machines/stop.ts'
import { beginGrace } from '../volumes/destroy-volume.ts'
import { bytesUsed } from '../volumes/use.ts'
import { becomeCreated, pass, touchVolume } from '../volumes/volume-state.ts'
import { privateIp, ulid, volumeId } from '../world/ids.ts'
import type { App, Machine, Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { Host } from './hosts.ts'
import { findHost, noRoom, settleMachine, settleVolume } from './place.ts'
import { hasRoomToStart, holdsRoom } from './room.ts'

/** Milliseconds the old volume of a migrated machine is kept (Fly docs, machine migration). */
const WEEK = 7 * 24 * 3_600_000

/** Its contents on the new host, under a new id; the old volume goes after a week. */
function moveVolume(world: World, old: Volume, host: Host): Volume {
  const now = world.clock.now()
  const volume: Volume = {
    ...old,
    id: volumeId(world.random),
    zone: host.id,
    hostStatus: host.status,
    createdAt: now,
    updatedAt: now,
    bytesUsed: bytesUsed(world, old),
    usedAt: now,
    snapshots: [],
  }
  world.volumes.set(volume.id, volume)
  world.apps.get(volume.app)?.volumes.add(volume.id)
  settleVolume(world, volume)
  pass(world, volume, 'hydrating', becomeCreated(world, volume))
  delete old.attachedMachineId
  touchVolume(world, old)
  beginGrace(world, old, WEEK)
  return volume
}

const volumeOf = (world: World, { config }: Machine): Volume | undefined =>
  world.volumes.get(config.mounts?.[0]?.volume ?? '')

function checkMovable(machine: Machine, volume: Volume | undefined): void {
  if (machine.state !== 'started' && !AT_REST.includes(machine.state)) {
    throw new FlyError(412, `failed_precondition: unable to migrate machine from current state: '${machine.state}'`)
  }
  if (volume && volume.hostStatus !== 'ok') throw new FlyError(503, 'the volume cannot be read: its host is lost')
}

/** The other host, with a new version, a new address and, if it has one, a new volume. */
function settle(world: World, { machine, app, host }: { machine: Machine; app: App; host: Host }): void {
  world.hosts.get(machine.host).machines.delete(machine.id)
  machine.host = host.id
  settleMachine(world, machine)
  machine.privateIp = privateIp(world.random, networkPrefix(app))
  delete machine.snapshot
  const old = volumeOf(world, machine)
  if (old) {
    const volume = moveVolume(world, old, host)
    volume.attachedMachineId = machine.id
    const mounts = machine.config.mounts?.map((mount) => ({ ...mount, volume: volume.id }))
    machine.config = { ...machine.config, ...(mounts ? { mounts } : {}) }
  }
  world.effects.add({ kind: 'version', id: machine.instanceId, change: 'state', to: 'migrated' })
  machine.instanceId = ulid(world.random, world.clock.now())
  machine.versions = [{ version: machine.instanceId, config: machine.config }, ...machine.versions]
}

/**
 * Moves a machine to another host of its region: its id stays, while its version, its private address and the id of its
 * volume change (Fly docs, machine migration). One that ran is restarted there; a suspended one loses its snapshot.
 */
export function migrateMachine(world: World, machine: Machine): Host {
  checkMovable(machine, volumeOf(world, machine))
  const { region, host: from } = machine
  const host = findHost(world, { region, guest: guestOf(machine.config), suits: ({ id }) => id !== from })
  if (!host) throw noRoom(`in ${region} to migrate ${machine.id} to`)
  const app = world.apps.get(machine.app)
  if (!app) throw new Error(`Machine ${machine.id} belongs to no app.`)
  world.effects.add({ kind: 'machine', id: machine.id, change: 'migrated', from, to: host.id })
  newTurn(machine)
  settle(world, { machine, app, host })
  addEvent(world, machine, { type: 'launch', status: 'created', source: 'flyd' })
  if (machine.hostStatus !== 'ok') setHostStatus(world, machine, 'ok')
  if (machine.state === 'started') beginRestart(world, machine, { ...stopOrder(machine), source: 'flyd' })
  else touch(world, machine)
  return host
}

/** A volume holds its machine where it is: then that waits for its host (Fly docs, machine restart policy). */
export const mayMove = ({ config }: Machine): boolean => (config.mounts?.length ?? 0) === 0

/**
 * A stopped machine may find that its host filled up or is lost (Machines API docs). Without a volume it starts on
 * another one, which is returned, as the answer to a start can tell (fly-go, machine types); else it is refused.
 */
export function moveToStart(world: World, machine: Machine): Host | undefined {
  const fits = machine.hostStatus === 'ok' && (holdsRoom(machine) || hasRoomToStart(world, machine))
  if (fits) return undefined
  if (mayMove(machine)) return migrateMachine(world, machine)
  throw noRoom(`on the host of ${machine.id}`)
}
