import { appStatus } from '../apps/app-view.ts'
import { organizationOf } from '../apps/find-app.ts'
import { networkPrefix } from '../apps/network.ts'
import { REGIONS } from '../platform/regions.ts'
import type { App, Machine } from '../world/types.ts'
import { buildPage } from './build-nodes.ts'
import { certificateNode } from './certificate-node.ts'
import { configNode, judgedConfig } from './config-node.ts'
import type { Context, Node } from './context.ts'
import { imageOf, runningImage } from './image-nodes.ts'
import { appEgress, egressNode, ipNode, ownIps } from './ip-nodes.ts'
import { allocationsOf, machinePage, machinesOf } from './machine-nodes.ts'
import { connection, iso, type PageArguments } from './page.ts'
import { regionNode } from './region-node.ts'
import { releaseNode, releaseOf, releasesOf } from './release-nodes.ts'
import { secretNodes } from './secret-nodes.ts'
import { serviceNodes } from './service-nodes.ts'
import { tokensOf } from './token-node.ts'
import { usageNodes, usageSeries } from './usage-nodes.ts'
import { volumesOf } from './volume-nodes.ts'

export const appNode = (context: Context, app: App): Node => ({
  ...facts(context, app),
  ...releaseFields(context, app),
  ...machineFields(context, app),
  ...networkFields(context, app),
  ...certificateFields(context, app),
  organization: () => context.nodes.organization(context, organizationOf(context.world, app)),
  secrets: () => secretNodes(app),
  limitedAccessTokens: (page: PageArguments) => tokensOf(context, { org: app.org, app: app.name }, page),
  addOns: (page: PageArguments) => connection([], page, (addOn) => addOn),
  usage: () => usageNodes(context, app),
  tsusage: ({ kinds }: { kinds: string[] }) => usageSeries(context, app, kinds),
  currentLock: () => {
    const lock = context.world.appLocks.of(app.id)
    return lock ? { lockId: lock.id, expiration: iso(lock.expiresAt) } : null
  },
  parseConfig: ({ definition }: { definition: unknown }) => judgedConfig(definition),
})

function facts({ world, origin }: Context, app: App) {
  const status = appStatus(world, app)
  return {
    id: app.name,
    internalId: String(app.numericId),
    internalNumericId: app.numericId,
    name: app.name,
    status,
    state: status.toUpperCase(),
    deployed: status !== 'pending',
    hostname: `${app.name}.fly.dev`,
    cnameTarget: `${app.id}.${app.name}.fly.dev`,
    // Where the app answers in this world.
    appUrl: `${origin}/_apps/${app.name}`,
    platformVersion: 'machines',
    runtime: 'FIRECRACKER',
    role: app.role === '' ? null : { name: app.role },
    createdAt: iso(app.createdAt),
  }
}

function releaseFields(context: Context, app: App) {
  const [newest] = app.releases
  const current = () => (newest ? releaseNode(context, app, newest) : null)
  const releases = (page: PageArguments) => releasesOf(context, app, page)
  return {
    version: newest?.version ?? 0,
    currentRelease: current,
    currentReleaseUnprocessed: current,
    releases,
    releasesUnprocessed: releases,
    release: (wanted: { id?: string; version?: number }) => releaseOf(context, app, wanted),
    builds: (page: PageArguments) => buildPage(context, app, page),
    config: () => configNode(context, app, newest?.definition),
    image: ({ ref }: { ref: string }) => imageOf(context, ref),
    imageDetails: () => runningImage(context, app),
    // Only Fly's own Postgres images are tracked, and no app of this world runs one.
    latestImageDetails: null,
    imageUpgradeAvailable: false,
    imageVersionTrackingEnabled: false,
  }
}

function machineFields(context: Context, app: App) {
  const machines = () => machinesOf(context, app)
  return {
    machines: (page: PageArguments) => machinePage(context, app, page),
    machine: ({ id }: { id: string }) => {
      const found = machines().find((machine) => machine.id === id)
      return found ? context.nodes.machine(context, found) : null
    },
    allocations: allocationsOf,
    services: () => serviceNodes(machines()),
    regions: () => REGIONS.filter(({ code }) => machines().some(({ region }) => region === code)).map(regionNode),
    volumes: (page: PageArguments) =>
      connection(volumesOf(context, app), page, (volume) => context.nodes.volume(context, volume)),
    volume: ({ internalId }: { internalId: string }) => {
      const found = volumesOf(context, app).find(({ id }) => id.slice(4) === internalId)
      return found ? context.nodes.volume(context, found) : null
    },
    hostIssues: (page: PageArguments) => connection(machines().filter(isTroubled), page, issueNode),
  }
}

const isTroubled = ({ hostStatus }: Machine) => hostStatus !== 'ok'

const issueNode = ({ id, stateSince, updatedAt, hostStatus }: Machine) => ({
  id: `issue-${id}`,
  internalId: `host-${id}`,
  message: `The host of machine ${id} is ${hostStatus === 'unreachable' ? 'unreachable' : 'in an unknown state'}.`,
  createdAt: iso(Math.max(stateSince, updatedAt)),
  updatedAt: iso(Math.max(stateSince, updatedAt)),
  resolvedAt: null,
})

function networkFields(context: Context, app: App) {
  return {
    network: app.network,
    // The part of its private addresses that tells networks apart.
    networkId: Number.parseInt(networkPrefix(app).split(':').at(-1) ?? '', 16),
    sharedIpAddress: app.ips.find(({ shared }) => shared)?.ip ?? null,
    ipAddress: ({ address }: { address: string }) => {
      const found = app.ips.find(({ ip }) => ip === address)
      return found ? ipNode(context, app, found) : null
    },
    ipAddresses: (page: PageArguments) => connection(ownIps(app), page, (ip) => ipNode(context, app, ip)),
    egressIpAddresses: (page: PageArguments) => connection(appEgress(app), page, egressNode),
  }
}

interface CertificatePage extends PageArguments {
  filter?: string | null
}

function certificateFields({ world }: Context, app: App) {
  return {
    certificate: ({ hostname }: { hostname: string }) => {
      const found = app.certificates.find((certificate) => certificate.hostname === hostname)
      return found ? certificateNode(world, app, found) : null
    },
    certificates: ({ filter, ...page }: CertificatePage) =>
      connection(
        app.certificates.filter(({ hostname }) => !filter || hostname.includes(filter)),
        page,
        (certificate) => certificateNode(world, app, certificate),
      ),
  }
}
