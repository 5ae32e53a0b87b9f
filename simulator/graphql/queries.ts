import { appFor, findOrganization } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import { NEAREST, REGIONS } from '../platform/regions.ts'
import { mayUseApp, seesOrganization } from '../tokens/principal.ts'
import type { App } from '../world/types.ts'
import { appNode } from './app-node.ts'
import { certificateNode } from './certificate-node.ts'
import { judgedConfig } from './config-node.ts'
import type { Context, Node } from './context.ts'
import { latestOf } from './image-nodes.ts'
import { machineNode } from './machine-nodes.ts'
import { organizationNode } from './organization-node.ts'
import { connection, type PageArguments } from './page.ts'
import { PRODUCTS, VM_SIZES } from './prices.ts'
import { regionNode } from './region-node.ts'
import { userNode } from './user-node.ts'
import { volumeNode } from './volume-nodes.ts'

interface AppPage extends PageArguments {
  organizationId?: string | null
  role?: string | null
  active?: boolean | null
  platform?: string | null
  ids?: string[] | null
}
interface AppKey {
  name?: string | null
  id?: string | null
  internalId?: string | null
  key?: string | null
}
interface OrganizationKey {
  slug?: string | null
  id?: string | null
  name?: string | null
}

/** Root values of all queries. Arguments are already checked against the schema. */
export const queries = (context: Context): Node => ({
  ...principalQueries(context),
  ...organizationQueries(context),
  ...appQueries(context),
  ...partQueries(context),
  ...platformQueries(),
})

/** GUESS: the address of a token, which the schema wants to have one. */
const principalQueries = ({ principal }: Context) => ({
  viewer: () =>
    principal.kind === 'user'
      ? userNode(principal.owner)
      : { __typename: 'Macaroon', email: `${principal.id}@tokens.fly.io`, trust: 'HIGH' },
  userOnlyToken: principal.grants.every(({ macaroon }) => !macaroon),
})

interface OrganizationPage extends PageArguments {
  type?: string | null
  withBillingIssuesOnly?: boolean | null
}

const TROUBLES = ['DELINQUENT', 'PAST_DUE', 'SOURCE_REQUIRED', 'SUSPENDED', 'TRIAL_ENDED']

function organizationQueries(context: Context) {
  const { world, principal } = context
  return {
    organizations: ({ type, withBillingIssuesOnly, ...page }: OrganizationPage) =>
      connection(
        world.organizations
          .filter((organization) => seesOrganization(principal, organization))
          .filter(({ personal }) => !type || personal === (type === 'PERSONAL'))
          .filter(({ billingStatus }) => !withBillingIssuesOnly || TROUBLES.includes(billingStatus)),
        page,
        (organization) => organizationNode(context, organization),
      ),
    organization: ({ slug, id, name }: OrganizationKey) => {
      const organization =
        findOrganization(world, slug ?? id ?? '') ?? world.organizations.find((candidate) => candidate.name === name)
      // One that is there for others is not told from one that is not.
      if (!organization || !seesOrganization(principal, organization)) {
        throw new FlyError(404, 'Could not find Organization')
      }
      return organizationNode(context, organization)
    },
  }
}

function appQueries(context: Context) {
  const { world, principal } = context
  const visible = ({ organizationId, role, active, platform, ids }: AppPage) => {
    const organization = organizationId ? findOrganization(world, organizationId) : undefined
    if (organizationId && !organization) throw new FlyError(404, 'Could not find Organization')
    return [...world.apps.values()].filter(
      (app) =>
        mayUseApp(principal, app) &&
        (!organization || app.org === organization.rawSlug) &&
        (!role || app.role === role) &&
        (!active || app.machines.size > 0) &&
        (!platform || platform === 'machines') &&
        (!ids || ids.includes(app.name)),
    )
  }
  return {
    apps: (page: AppPage) => connection(visible(page), page, (app) => appNode(context, app)),
    app: ({ name, id, internalId, key }: AppKey) => {
      const number = internalId
        ? [...world.apps.values()].find((app) => String(app.numericId) === internalId)
        : undefined
      return appNode(context, visibleApp(context, number?.name ?? name ?? id ?? key ?? internalId ?? ''))
    },
    appNameAvailable: ({ name }: { name: string }) => !world.apps.has(name),
    // What keeps an app from it is decided by its machines alone: one with a volume cannot have a twin.
    canPerformBluegreenDeployment: ({ name }: { name: string }) =>
      [...visibleApp(context, name).machines].every((id) => (world.machines.get(id)?.config.mounts?.length ?? 0) === 0),
  }
}

/** GraphQL has its own words for what is not there, or not for this caller. */
function visibleApp({ world, principal }: Context, name: string): App {
  try {
    return appFor(world, principal, name)
  } catch (error) {
    if (!(error instanceof FlyError)) throw error
    throw error.httpStatus === 404
      ? new FlyError(404, 'Could not find App')
      : new FlyError(403, 'You are not authorized to access this')
  }
}

function partQueries(context: Context) {
  const { world, principal } = context
  const isVisible = (app: App | undefined) => app !== undefined && mayUseApp(principal, app)
  return {
    machine: ({ machineId }: { machineId: string }) => {
      const machine = world.machines.get(machineId)
      if (!machine || !isVisible(world.apps.get(machine.app))) throw new FlyError(404, 'Could not find Machine')
      return machineNode(context, machine)
    },
    volume: ({ id }: { id: string }) => {
      const volume = world.volumes.get(id)
      if (!volume || !isVisible(world.apps.get(volume.app))) throw new FlyError(404, 'Could not find Volume')
      return volumeNode(context, volume)
    },
    certificate: ({ id }: { id: string }) => {
      for (const app of world.apps.values()) {
        const found = app.certificates.find(({ hostname }) => `cert_${app.id}_${hostname}` === id)
        if (found && isVisible(app)) return certificateNode(world, app, found)
      }
      throw new FlyError(404, 'Could not find Certificate')
    },
    // There are no extensions in this world.
    addOn: () => {
      throw new FlyError(404, 'Could not find AddOn')
    },
    addOns: (page: PageArguments) => connection([], page, (addOn) => addOn),
    addOnPlans: (page: PageArguments) => connection([], page, (plan) => plan),
  }
}

const platformQueries = () => ({
  platform: { requestRegion: NEAREST, regions: REGIONS.map(regionNode), vmSizes: VM_SIZES },
  nearestRegion: REGIONS.filter(({ code }) => code === NEAREST).map(regionNode)[0],
  products: PRODUCTS,
  validateConfig: ({ definition }: { definition: unknown }) => judgedConfig(definition),
  latestImageDetails: ({ image }: { image: string }) => latestOf(image),
  latestImageTag: ({ repository }: { repository: string }) => {
    const { tag } = latestOf(repository)
    return `${repository}:${tag}`
  },
})
