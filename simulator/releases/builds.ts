import { FlyError } from '../http/fly-error.ts'
import type { App, Build } from '../world/types.ts'
import type { World } from '../world/world.ts'

export type NewBuild = Pick<Build, 'builderType' | 'strategiesAvailable' | 'machineId' | 'user'>

/** A build begins: only its record. What is built is the builder's business. */
export function createBuild(world: World, app: App, wanted: NewBuild): Build {
  const id = String(world.random.int(1_000_000, 9_999_999))
  const now = world.clock.now()
  const build = { ...wanted, id, app: app.name, status: 'started', createdAt: now, updatedAt: now }
  world.builds.set(id, build)
  world.effects.add({ kind: 'build', id, change: 'status', to: build.status })
  return build
}

export interface BuildEnd {
  status: string
  machineId?: string | null | undefined
  strategiesAttempted: NonNullable<Build['strategiesAttempted']>
  builderMeta: unknown
  finalImage: unknown
  timings: unknown
  logs: string
}

/** How flyctl says that a build ended. */
const ENDS = ['completed', 'failed']

/** A build ends, once. 404 for one of another app. */
export function finishBuild(world: World, app: App, id: string, { status, machineId, ...end }: BuildEnd): Build {
  const build = world.builds.get(id)
  if (!build || build.app !== app.name) throw new FlyError(404, 'build not found')
  if (!ENDS.includes(status)) throw new FlyError(422, `status must be one of ${ENDS.join(', ')}`)
  if (build.status !== 'started') throw new FlyError(422, `the build is ${build.status} already`)
  world.effects.add({ kind: 'build', id, change: 'status', from: build.status, to: status })
  Object.assign(build, end, { status, updatedAt: world.clock.now() }, machineId ? { machineId } : {})
  return build
}

export const wallclock = ({ createdAt, updatedAt }: Build) => updatedAt - createdAt

export const buildsOf = (world: World, app: App): Build[] =>
  [...world.builds.values()].filter((build) => build.app === app.name).toReversed()
