import { appFor, organizationFor, organizationOf } from '../apps/find-app.ts'
import { badRequest } from '../http/fly-error.ts'
import { createBuild, finishBuild, wallclock } from '../releases/builds.ts'
import { depotBuild, ensureBuilder } from '../releases/remote-builders.ts'
import type { Build, Organization } from '../world/types.ts'
import { appNode } from './app-node.ts'
import type { Context } from './context.ts'
import { machineNode } from './machine-nodes.ts'

interface Start {
  input: { appName: string; builderType: string; strategiesAvailable: string[]; machineId?: string | null }
}
interface Attempt {
  strategy: string
  result: string
  error?: string | null
  note?: string | null
}
interface Finish {
  input: {
    buildId: string
    appName: string
    status: string
    machineId?: string | null
    strategiesAttempted?: Attempt[] | null
    builderMeta?: unknown
    finalImage?: unknown
    timings?: unknown
    logs?: string | null
  }
}
interface Place {
  input: { appName?: string | null; organizationId?: string | null }
}

/** The organisation that is named, or that of the app that is. */
function placeOf({ world, principal }: Context, { appName, organizationId }: Place['input']): Organization {
  if (appName) return organizationOf(world, appFor(world, principal, appName))
  if (!organizationId) throw badRequest('appName or organizationId is required')
  return organizationFor(world, principal, organizationId)
}

const attempts = (list: Attempt[]): NonNullable<Build['strategiesAttempted']> =>
  list.map(({ strategy, result, error, note }) => ({ strategy, result, error: error ?? '', note: note ?? '' }))

const buildNode = (build: Build) => ({ id: build.id, status: build.status, wallclockTimeMs: wallclock(build) })

/** Records of builds, and where to build: the same as over REST. */
export const buildMutations = (context: Context) => {
  const { world, principal } = context
  return {
    createBuild({ input: { appName, machineId, builderType, strategiesAvailable } }: Start) {
      const app = appFor(world, principal, appName)
      const about = { builderType, strategiesAvailable, user: principal.owner, ...(machineId ? { machineId } : {}) }
      return buildNode(createBuild(world, app, about))
    },
    finishBuild({ input }: Finish) {
      const { buildId, appName, strategiesAttempted, builderMeta, finalImage, timings, logs, ...rest } = input
      const end = { ...rest, builderMeta, finalImage, timings, logs: logs ?? '' }
      const app = appFor(world, principal, appName)
      const attempted = attempts(strategiesAttempted ?? [])
      return buildNode(finishBuild(world, app, buildId, { ...end, strategiesAttempted: attempted }))
    },
    ensureMachineRemoteBuilder({ input }: Place) {
      const { app, machine } = ensureBuilder(world, placeOf(context, input))
      return { app: appNode(context, app), machine: machineNode(context, machine) }
    },
    ensureDepotRemoteBuilder({ input }: Place) {
      placeOf(context, input)
      return depotBuild(world)
    },
  }
}
