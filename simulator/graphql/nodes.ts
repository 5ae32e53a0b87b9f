import { appStatus } from '../apps/app-view.ts'
import { organizationOf } from '../apps/find-app.ts'
import { configView } from '../machines/machine-view.ts'
import { REGIONS } from '../platform/regions.ts'
import { findImage } from '../registry/images.ts'
import { readReference } from '../registry/reference.ts'
import { mayUseApp } from '../tokens/principal.ts'
import { bytesUsed } from '../volumes/use.ts'
import type { App, Image, IpAddress, Machine, Organization, Release, Volume } from '../world/types.ts'
import { certificateNode } from './certificate-node.ts'
import type { Context } from './context.ts'
import { connection, iso, type PageArguments } from './page.ts'
import { regionNode } from './region-node.ts'
import { configNode, serviceNodes } from './service-nodes.ts'
import { tokensOf } from './token-node.ts'
import { userNode } from './user-node.ts'

export const imageNode = (image: Image) => ({
  id: `img_${image.digest.slice(7, 19)}`,
  ref: `registry.fly.io/${image.repository}:${image.tag}`,
  absoluteRef: `registry.fly.io/${image.repository}@${image.digest}`,
  registry: 'registry.fly.io',
  repository: image.repository,
  tag: image.tag,
  digest: image.digest,
  label: image.tag,
  compressedSizeFull: String(image.sizeBytes),
  manifest: null,
  createdAt: iso(image.createdAt),
})

function imageOf({ world }: Context, ref: string) {
  const reference = readReference(ref)
  const image = reference && findImage(world, reference)
  return image ? imageNode(image) : null
}

export const releaseNode = (context: Context, release: Release) => ({
  id: release.id,
  version: release.version,
  // Kept from the days of Nomad: nothing evaluates a release any more.
  evaluationId: null,
  status: release.status,
  stable: release.status === 'complete',
  inProgress: release.status === 'pending' || release.status === 'running',
  description: release.description,
  reason: release.reason,
  imageRef: release.imageRef,
  image: () => imageOf(context, release.imageRef),
  deploymentStrategy: release.strategy.toUpperCase(),
  createdAt: iso(release.createdAt),
  user: userNode(release.user),
  configDefinition: release.definition,
})

export const ipNode = (ip: IpAddress) => ({
  id: ip.id,
  address: ip.ip,
  type: ip.type,
  region: ip.region,
  serviceName: ip.serviceName,
  createdAt: iso(ip.createdAt),
  network: ip.network === '' ? null : { id: ip.network, name: ip.network },
})

export const machineNode = (context: Context, machine: Machine) => ({
  id: machine.id,
  name: machine.name,
  state: machine.state,
  region: machine.region,
  instanceId: machine.instanceId,
  createdAt: iso(machine.createdAt),
  updatedAt: iso(machine.updatedAt),
  config: configView(machine.config),
  app: () => appByName(context, machine.app),
  host: { id: machine.host },
  egressIpAddresses: (page: PageArguments) => connection(egressOf(context, machine), page, egressNode),
  ips: { nodes: [{ family: 'v6', kind: 'privatenet', ip: machine.privateIp, maskSize: 112 }] },
})

const egressNode = ({ id, ip, type, region, createdAt }: IpAddress) => ({
  id,
  ip,
  version: type === 'egress_v4' ? 4 : 6,
  region,
  updatedAt: iso(createdAt),
})

const egressOf = ({ world }: Context, { id, app }: Machine) =>
  (world.apps.get(app)?.ips ?? []).filter(({ machine }) => machine === id)

function appByName(context: Context, name: string) {
  const app = context.world.apps.get(name)
  return app ? appNode(context, app) : null
}

export const volumeNode = (context: Context, volume: Volume) => {
  const machine = context.world.machines.get(volume.attachedMachineId ?? '')
  return {
    id: volume.id,
    internalId: volume.id.slice(4),
    name: volume.name,
    region: volume.region,
    sizeGb: volume.sizeGb,
    usedBytes: String(machine ? bytesUsed(context.world, volume) : 0),
    state: volume.state,
    status: volume.state,
    encrypted: volume.encrypted,
    snapshotRetentionDays: volume.snapshotRetention,
    createdAt: iso(volume.createdAt),
    attachedMachine: machine ? machineNode(context, machine) : null,
    app: () => appByName(context, volume.app),
    snapshots: (page: PageArguments) =>
      connection(volume.snapshots, page, ({ id, size, digest, createdAt, retentionDays }) => ({
        id,
        size: String(size),
        digest,
        createdAt: iso(createdAt),
        retentionDays,
      })),
  }
}

export const organizationNode = (context: Context, organization: Organization): Record<string, unknown> => {
  const { world, reader } = context
  const apps = () =>
    [...world.apps.values()].filter((app) => app.org === organization.rawSlug && mayUseApp(reader, app))
  return {
    ...organization,
    internalNumericId: String(organization.numericId),
    type: organization.personal ? 'PERSONAL' : 'SHARED',
    viewerRole: reader.kind === 'user' ? 'admin' : 'member',
    billable: organization.paidPlan,
    isCreditCardSaved: organization.paidPlan,
    creditBalance: 0,
    trialStartedAt: null,
    trialEndedAt: null,
    trust: 'HIGH',
    remoteBuilderImage: null,
    allowAllCrossNetworkReplays: false,
    allowedReplaySourceOrgSlugs: [],
    members: {
      edges: [
        {
          cursor: 'MQ',
          role: 'ADMIN',
          joinedAt: iso(organization.createdAt),
          node: userNode('usr_1001@hangar.example'),
        },
      ],
    },
    apps: (page: PageArguments) => connection(apps(), page, (app) => appNode(context, app)),
    limitedAccessTokens: (page: PageArguments) => tokensOf(context, { org: organization.rawSlug }, page),
    addOns: (page: PageArguments) => connection([], page, (addOn) => addOn),
    addOnSsoLink: null,
    provisionsBetaExtensions: false,
    wireGuardPeers: (page: PageArguments) => connection([], page, (peer) => peer),
    remoteBuilderApp: () => {
      const builder = apps().find(({ role }) => role === 'remote-docker-builder')
      return builder ? appNode(context, builder) : null
    },
  }
}

/** When and how an app is reached and grouped, as GraphQL words it. */
export const appNode = (context: Context, app: App): Record<string, unknown> => {
  const { world } = context
  const status = appStatus(world, app)
  const machines = () => [...app.machines].flatMap((id) => world.machines.get(id) ?? [])
  const volumes = () => [...app.volumes].flatMap((id) => world.volumes.get(id) ?? [])
  const releases = (page: PageArguments) => connection(app.releases, page, (release) => releaseNode(context, release))
  const [newest] = app.releases
  const current = newest ? releaseNode(context, newest) : null
  return {
    id: app.name,
    internalNumericId: app.numericId,
    name: app.name,
    status,
    state: status.toUpperCase(),
    deployed: status !== 'pending',
    version: newest?.version ?? 0,
    hostname: `${app.name}.fly.dev`,
    cnameTarget: `${app.id}.${app.name}.fly.dev`,
    config: () => configNode(app, machines()),
    services: () => serviceNodes(machines()),
    regions: () => REGIONS.filter(({ code }) => machines().some(({ region }) => region === code)).map(regionNode),
    addOns: (page: PageArguments) => connection([], page, (addOn) => addOn),
    appUrl: `${context.origin}/_apps/${app.name}`,
    network: app.network,
    platformVersion: 'machines',
    role: app.role === '' ? null : { name: app.role },
    createdAt: iso(app.createdAt),
    sharedIpAddress: app.ips.find(({ shared }) => shared)?.ip ?? null,
    organization: () => organizationNode(context, organizationOf(world, app)),
    currentRelease: current,
    currentReleaseUnprocessed: current,
    releases,
    releasesUnprocessed: releases,
    image: ({ ref }: { ref: string }) => imageOf(context, ref),
    imageDetails: () => machines()[0]?.imageRef ?? null,
    ipAddresses: (page: PageArguments) =>
      connection(
        app.ips.filter(({ shared, type }) => !shared && !type.startsWith('egress')),
        page,
        ipNode,
      ),
    egressIpAddresses: (page: PageArguments) =>
      connection(
        app.ips.filter(({ type, machine }) => type.startsWith('egress') && machine === undefined),
        page,
        egressNode,
      ),
    currentLock: null,
    hostIssues: () => ({ nodes: hostIssues(machines()) }),
    usage: [],
    secrets: [...app.secrets.values()].map(({ name, digest, createdAt }) => ({
      id: name,
      name,
      digest,
      createdAt: iso(createdAt),
      user: null,
    })),
    volumes: (page: PageArguments) => connection(volumes(), page, (volume) => volumeNode(context, volume)),
    certificates: (page: PageArguments) => connection(app.certificates, page, certificateNode),
    certificate: ({ hostname }: { hostname: string }) => {
      const found = app.certificates.find((certificate) => certificate.hostname === hostname)
      return found ? certificateNode(found) : null
    },
    machines: (page: PageArguments) => connection(machines(), page, (machine) => machineNode(context, machine)),
    limitedAccessTokens: (page: PageArguments) => tokensOf(context, { org: app.org, app: app.name }, page),
  }
}

function hostIssues(machines: Machine[]) {
  return machines
    .filter(({ hostStatus }) => hostStatus !== 'ok')
    .map(({ id, stateSince }) => ({
      internalId: `host-${id}`,
      message: 'We are investigating connectivity problems on this host.',
      createdAt: iso(stateSince),
      updatedAt: iso(stateSince),
      resolvedAt: null,
    }))
}
