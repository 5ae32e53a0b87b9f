import { appFor, findOrganization } from '../apps/find-app.ts'
import { guestOf } from '../machines/config.ts'
import { NEAREST, REGIONS } from '../platform/regions.ts'
import { mayUseApp, seesOrganization } from '../tokens/principal.ts'
import type { Context } from './context.ts'
import { appNode, machineNode, organizationNode, volumeNode } from './nodes.ts'
import { connection, type PageArguments } from './page.ts'
import { regionNode } from './region-node.ts'
import { userNode } from './user-node.ts'

/** Dollars a second (Fly docs, pricing, October 2026): a vCPU with its included memory. */
const CPU_SECOND = { shared: 0.0000008465, performance: 0.000012732 }
/** Seconds in 30 days. */
const MONTH = 2_592_000

const sizeNode = (name: string) => {
  const { cpu_kind: kind, cpus, memory_mb: memoryMb } = guestOf({ image: '', size: name })
  const priceSecond = CPU_SECOND[kind] * cpus
  const maxMemoryMb = cpus * (kind === 'shared' ? 2048 : 8192)
  const steps = [1, 2, 4, 8].map((factor) => memoryMb * factor).filter((megabytes) => megabytes <= maxMemoryMb)
  return {
    name,
    cpuCores: kind === 'shared' ? cpus / 16 : cpus,
    memoryMb,
    memoryGb: memoryMb / 1024,
    maxMemoryMb,
    memoryIncrementsMb: steps,
    priceMonth: priceSecond * MONTH,
    priceSecond,
  }
}

const SIZES = [
  ...[1, 2, 4, 6, 8].map((count) => `shared-cpu-${count}x`),
  ...[1, 2, 4, 6, 8, 10, 12, 14, 16].map((count) => `performance-${count}x`),
]

function visibleApps({ world, principal }: Context, organizationId?: string | null) {
  const organization = organizationId ? findOrganization(world, organizationId) : undefined
  return [...world.apps.values()].filter(
    (app) => mayUseApp(principal, app) && (!organizationId || app.org === organization?.rawSlug),
  )
}

const hidden = (error: unknown): null => {
  // GraphQL answers null with an error for what is not there; the caller adds the error.
  if (error instanceof Error)
    throw new Error(error.message === 'app not found' ? 'Could not find App' : 'You are not authorized to access this')
  return null
}

function appOf(context: Context, name: string) {
  try {
    return appNode(context, appFor(context.world, context.principal, name))
  } catch (error) {
    return hidden(error)
  }
}

/** Root values of all queries. Arguments are already checked against the schema. */
export function queries(context: Context) {
  const { world, principal } = context
  return {
    viewer: () =>
      principal.kind === 'user'
        ? userNode(principal.owner)
        : { __typename: 'Macaroon', email: principal.owner, trust: 'HIGH' },
    userOnlyToken: principal.kind === 'user',
    organizations: (page: PageArguments) =>
      connection(
        world.organizations.filter((organization) => seesOrganization(principal, organization)),
        page,
        (organization) => organizationNode(context, organization),
      ),
    organization: ({ slug, id }: { slug?: string; id?: string }) => {
      const organization = findOrganization(world, slug ?? id ?? '')
      if (!organization || !seesOrganization(principal, organization)) throw new Error('Could not find Organization')
      return organizationNode(context, organization)
    },
    apps: ({
      organizationId,
      role,
      ...page
    }: PageArguments & { organizationId?: string | null; role?: string | null }) =>
      connection(
        visibleApps(context, organizationId).filter((app) => !role || app.role === role),
        page,
        (app) => appNode(context, app),
      ),
    app: ({ name, id, internalId }: { name?: string; id?: string; internalId?: string }) =>
      appOf(context, name ?? id ?? internalId ?? ''),
    appNameAvailable: ({ name }: { name: string }) => !world.apps.has(name),
    machine: ({ machineId }: { machineId: string }) => {
      const machine = world.machines.get(machineId)
      const app = world.apps.get(machine?.app ?? '')
      return machine && app && mayUseApp(principal, app) ? machineNode(context, machine) : null
    },
    volume: ({ id }: { id: string }) => {
      const volume = world.volumes.get(id)
      const app = world.apps.get(volume?.app ?? '')
      return volume && app && mayUseApp(principal, app) ? volumeNode(context, volume) : null
    },
    platform: { requestRegion: NEAREST, regions: REGIONS.map(regionNode), vmSizes: SIZES.map(sizeNode) },
    nearestRegion: REGIONS.filter(({ code }) => code === NEAREST).map(regionNode)[0],
    products: [],
    validateConfig: ({ definition }: { definition: unknown }) => ({
      valid: true,
      errors: [],
      definition,
      services: [],
    }),
    latestImageDetails: ({ image }: { image: string }) => {
      throw new Error(`Unknown repository ${image}`)
    },
    canPerformBluegreenDeployment: true,
    addOns: (page: PageArguments) => connection([], page, (addOn) => addOn),
  }
}
