import { z } from 'zod'
import { requestCertificate } from '../apps/certificates.ts'
import { appFor, findOrganization, organizationFor } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { createRelease, findRelease } from '../releases/releases.ts'
import { replaceSecrets, writeSecrets } from '../secrets/secrets.ts'
import { issueCertificate } from '../ssh/authority.ts'
import { mayUseApp } from '../tokens/principal.ts'
import { takeSnapshot } from '../volumes/snapshots.ts'
import type { App } from '../world/types.ts'
import { appMutations } from './app-mutations.ts'
import { certificateNode, hostnameCheck } from './certificate-node.ts'
import type { Context } from './context.ts'
import { ipMutations } from './ip-mutations.ts'
import { appNode, machineNode, organizationNode, releaseNode, volumeNode } from './nodes.ts'
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
    setSecrets({ input }: Input<{ appId: string; secrets: { key: string; value: string }[]; replaceAll?: boolean }>) {
      const app = usable(context, input.appId)
      const write = input.replaceAll ? replaceSecrets : writeSecrets
      write(world, app, Object.fromEntries(input.secrets.map(({ key, value }) => [key, value])))
      return { app: appNode(context, app), release: null }
    },
    unsetSecrets({ input }: Input<{ appId: string; keys: string[] }>) {
      const app = usable(context, input.appId)
      writeSecrets(world, app, Object.fromEntries(input.keys.map((key) => [key, null])))
      return { app: appNode(context, app), release: null }
    },
    ...ipMutations(context),
    ...appMutations(context),
    addCertificate({ appId, hostname }: { appId: string; hostname: string }) {
      const app = usable(context, appId)
      const certificate = requestCertificate(world, app, hostname)
      return { certificate: certificateNode(certificate), check: hostnameCheck(hostname), errors: [] }
    },
    deleteCertificate({ appId, hostname }: { appId: string; hostname: string }) {
      const app = usable(context, appId)
      const found = app.certificates.find((certificate) => certificate.hostname === hostname)
      if (!found) throw new FlyError(404, 'Could not find Certificate')
      app.certificates = app.certificates.filter((certificate) => certificate !== found)
      return { app: appNode(context, app), certificate: certificateNode(found) }
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
    issueCertificate: ({ input }: Input<{ organizationId: string }>) =>
      issueCertificate(world, {
        principal,
        // Reading the organisation is enough: each app is asked for.
        organization: organizationFor(world, context.reader, input.organizationId),
        input,
      }),
    addWireGuardPeer({ input }: Input<{ organizationId: string; network?: string }>) {
      organizationFor(world, principal, input.organizationId)
      return {
        peerip: 'fdaa:2:8812:a7b:1::2',
        endpointip: '127.0.0.1',
        pubkey: world.random.hex(44),
        network: input.network ?? null,
      }
    },
    removeWireGuardPeer: ({ input }: Input<{ organizationId: string }>) => ({
      organization: organizationNode(context, organizationFor(world, principal, input.organizationId)),
    }),
    logOut() {
      world.tokens.revokeId(principal.id)
      return { ok: true }
    },
    validateWireGuardPeers: ({ input }: Input<{ peerIps: string[] }>) => ({
      validPeerIps: input.peerIps,
      invalidPeerIps: [],
    }),
  }
}
