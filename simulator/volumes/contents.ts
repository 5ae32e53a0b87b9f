import { organizationOf } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import type { App, Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { findSnapshot } from './snapshots.ts'
import { bytesUsed } from './use.ts'
import { becomeCreated, pass } from './volume-state.ts'

/** What a new volume starts with. */
export interface Contents {
  kind: 'nothing' | 'snapshot' | 'fork'
  /** It can be no smaller. */
  sizeGb: number
  bytesUsed: number
  /** The volume it is a fork of. */
  source?: Volume
}

interface Wanted {
  snapshot_id?: string | undefined
  source_volume_id?: string | undefined
}

/** Nothing, a snapshot of the organisation, or a fork of another volume of the app. */
export function contentsOf(
  world: World,
  app: App,
  { snapshot_id: snapshot, source_volume_id: source }: Wanted,
): Contents {
  if (snapshot) return fromSnapshot(world, app, snapshot)
  if (source) return fromVolume(world, app, source)
  return { kind: 'nothing', sizeGb: 0, bytesUsed: 0 }
}

function fromSnapshot(world: World, app: App, id: string): Contents {
  const found = findSnapshot(world, id)
  const owner = found && world.apps.get(found.volume.app)
  if (!owner || organizationOf(world, owner) !== organizationOf(world, app)) {
    throw new FlyError(404, 'snapshot not found')
  }
  const { snapshot } = found
  if (snapshot.status !== 'created') throw new FlyError(422, `snapshot ${id} is ${snapshot.status}`)
  return { kind: 'snapshot', sizeGb: snapshot.volumeSizeGb, bytesUsed: snapshot.size }
}

/** The source may be in use; one at a time can be read from. */
function fromVolume(world: World, app: App, id: string): Contents {
  const source = world.volumes.get(id)
  if (!source || source.app !== app.name || source.state === 'destroyed') {
    throw new FlyError(404, 'source volume not found')
  }
  if (source.hostStatus !== 'ok') throw new FlyError(503, 'the host of the source volume cannot be reached')
  if (source.state !== 'created') throw new FlyError(422, `volume ${id} is busy: ${source.state}`)
  return { kind: 'fork', sizeGb: source.sizeGb, bytesUsed: bytesUsed(world, source), source }
}

export function exportSource(world: World, source: Volume): void {
  pass(world, source, 'enabling_remote_export', becomeCreated(world, source))
}
