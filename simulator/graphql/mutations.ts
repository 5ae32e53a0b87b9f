import { z } from 'zod'
import { appFor, findOrganization, mayUseApp, organizationFor } from '../apps/find-app.ts'
import { assignIp, IpType } from '../apps/ip-routes.ts'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { createRelease, findRelease } from '../releases/releases.ts'
import { writeSecrets } from '../secrets/secrets.ts'
import { takeSnapshot } from '../volumes/snapshots.ts'
import type { App } from '../world/types.ts'
import type { Context } from './context.ts'
import { appNode, certificateNode, ipNode, machineNode, organizationNode, releaseNode, volumeNode } from './nodes.ts'
import { createToken, revokeToken } from './token-mutations.ts'

interface Input<Fields> {
  input: Fields
}

const usable = ({ world, principal }: Context, name: string): App => appFor(world, principal, name)

function builder(context: Context, input: { appName?: string; organizationId?: string }) {
  const { world } = context
  const org = world.apps.get(input.appName ?? '')?.org ?? findOrganization(world, input.organizationId ?? '')?.rawSlug
  const app = [...world.apps.values()].find(
    (candidate) => candidate.org === org && candidate.role === 'remote-docker-builder',
  )
  const machine = world.machines.get([...(app?.machines ?? [])][0] ?? '')
  if (!app || !machine) throw new FlyError(404, 'the organization has no builder')
  return { app: appNode(context, app), machine: machineNode(context, machine) }
}

function build({ world, principal }: Context, appName: string) {
  const app = appFor(world, principal, appName)
  const id = String(world.random.int(1_000_000, 9_999_999))
  world.builds.set(id, { id, app: app.name, status: 'started', createdAt: world.clock.now() })
  return { id, status: 'started', wallclockTimeMs: 0 }
}

function finish({ world }: Context, { buildId, status }: { buildId: string; status: string }) {
  const found = world.builds.get(buildId)
  if (!found) throw new FlyError(404, 'build not found')
  found.status = status
  return { id: found.id, status, wallclockTimeMs: world.clock.now() - found.createdAt }
}

/** Root values of all mutations. A read-only token is refused before any of them runs. */
export function mutations(context: Context) {
  const { world, principal } = context
  return {
    createLimitedAccessToken: (args: Parameters<typeof createToken>[1]) => createToken(context, args),
    deleteLimitedAccessToken: (args: Parameters<typeof revokeToken>[1]) => revokeToken(context, args),
    setSecrets({ input }: Input<{ appId: string; secrets: { key: string; value: string }[] }>) {
      const app = usable(context, input.appId)
      writeSecrets(app, Object.fromEntries(input.secrets.map(({ key, value }) => [key, value])), world.clock.now())
      return { app: appNode(context, app), release: null }
    },
    unsetSecrets({ input }: Input<{ appId: string; keys: string[] }>) {
      const app = usable(context, input.appId)
      writeSecrets(app, Object.fromEntries(input.keys.map((key) => [key, null])), world.clock.now())
      return { app: appNode(context, app), release: null }
    },
    allocateIpAddress({
      input,
    }: Input<{ appId: string; type: string; region?: string; network?: string; serviceName?: string }>) {
      const app = usable(context, input.appId)
      const { type, region, network, serviceName } = input
      const ip = assignIp(world, app, { type: parse(IpType, type), region, network, service_name: serviceName })
      return { ipAddress: ip.shared ? null : ipNode(ip), app: appNode(context, app) }
    },
    releaseIpAddress({ input }: Input<{ appId?: string; ip?: string; ipAddressId?: string }>) {
      const owner = [...world.apps.values()].find(({ ips }) =>
        ips.some(({ id, ip }) => id === input.ipAddressId || ip === input.ip),
      )
      if (!owner || !mayUseApp(principal, owner)) throw new FlyError(404, 'Could not find IPAddress')
      owner.ips = owner.ips.filter(({ id, ip }) => id !== input.ipAddressId && ip !== input.ip)
      return { app: appNode(context, owner) }
    },
    addCertificate({ appId, hostname }: { appId: string; hostname: string }) {
      const app = usable(context, appId)
      const certificate = { hostname, status: 'Awaiting configuration', createdAt: world.clock.now() }
      app.certificates.push(certificate)
      const check = { aRecords: [], aaaaRecords: [], cnameRecords: [], dnsConfigured: false }
      return { certificate: certificateNode(certificate), check, errors: [] }
    },
    deleteCertificate({ appId, hostname }: { appId: string; hostname: string }) {
      const app = usable(context, appId)
      app.certificates = app.certificates.filter((certificate) => certificate.hostname !== hostname)
      return { app: appNode(context, app) }
    },
    ensureMachineRemoteBuilder: ({ input }: Input<{ appName?: string; organizationId?: string }>) =>
      builder(context, input),
    ensureDepotRemoteBuilder: () => ({ buildId: world.random.hex(12), buildToken: world.random.hex(32) }),
    createBuild: ({ input }: Input<{ appName: string }>) => build(context, input.appName),
    finishBuild: ({ input }: Input<{ buildId: string; status: string }>) => finish(context, input),
    createRelease({ input }: Input<{ appId: string; image: string; strategy: string; definition?: unknown }>) {
      const app = usable(context, input.appId)
      const { image, strategy, definition = null } = input
      return {
        release: releaseNode(
          context,
          createRelease(world, app, { image, strategy, definition, user: principal.owner }),
        ),
      }
    },
    updateRelease({ input }: Input<{ releaseId: string; status: string }>) {
      const { app, release } = findRelease(world, input.releaseId)
      if (!mayUseApp(principal, app)) throw new FlyError(404, 'release not found')
      release.status = parse(z.string(), input.status)
      return { release: releaseNode(context, release) }
    },
    createVolumeSnapshot({ input }: Input<{ volumeId: string }>) {
      const volume = world.volumes.get(input.volumeId)
      if (!volume) throw new FlyError(404, 'Could not find Volume')
      usable(context, volume.app)
      takeSnapshot(world, volume)
      return { volume: volumeNode(context, volume) }
    },
    issueCertificate({ input }: Input<{ organizationId: string }>) {
      organizationFor(world, principal, input.organizationId)
      return { certificate: `ssh-ed25519-cert-v01@openssh.com ${world.random.hex(64)}`, key: null }
    },
    addWireGuardPeer({ input }: Input<{ organizationId: string; network?: string }>) {
      organizationFor(world, principal, input.organizationId)
      return {
        peerip: 'fdaa:2:8812:a7b:1::2',
        endpointip: '127.0.0.1',
        pubkey: world.random.hex(44),
        network: input.network ?? null,
      }
    },
    validateWireGuardPeers: ({ input }: Input<{ peerIps: string[] }>) => ({
      validPeerIps: input.peerIps,
      invalidPeerIps: [],
    }),
    createOrganization({ input }: Input<{ name: string }>) {
      if (principal.kind !== 'user') throw new FlyError(403, 'unauthorized')
      const slug = input.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
      if (findOrganization(world, slug)) throw new FlyError(422, 'Validation failed: Name has already been taken')
      const numericId = world.random.int(880_200, 889_999)
      const created = {
        id: `org_${slug}`,
        numericId,
        slug,
        rawSlug: slug,
        name: input.name,
        personal: false,
        paidPlan: false,
        billingStatus: 'SOURCE_REQUIRED',
        createdAt: world.clock.now(),
      }
      world.organizations.push(created)
      return { organization: organizationNode(context, created) }
    },
  }
}
