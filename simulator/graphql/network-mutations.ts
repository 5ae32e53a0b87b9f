import { findOrganization, organizationFor } from '../apps/find-app.ts'
import { networkPrefix } from '../apps/network.ts'
import { FlyError } from '../http/fly-error.ts'
import { NEAREST, REGIONS } from '../platform/regions.ts'
import { issueCertificate } from '../ssh/authority.ts'
import { seesOrganization } from '../tokens/principal.ts'
import { createRandom, hash } from '../world/random.ts'
import type { Context } from './context.ts'
import { organizationNode } from './organization-node.ts'

interface Add {
  input: { organizationId: string; name: string; pubkey: string; region?: string | null; network?: string | null }
}
interface Named {
  input: { organizationId: string; name?: string | null; token?: string | null }
}

/** Devices in the private networks, and the certificates with which one gets into machines. */
export const networkMutations = (context: Context) => ({
  ...peerMutations(context),
  ...delegatedMutations(context),
  issueCertificate: ({ input }: { input: { organizationId: string } }) => {
    const { world, principal, reader } = context
    // Reading the organisation is enough: each app is asked for.
    return issueCertificate(world, {
      principal,
      organization: organizationFor(world, reader, input.organizationId),
      input,
    })
  },
})

/** 32 bytes in Base64. */
const KEY = /^[A-Za-z0-9+/]{43}=$/

function peerMutations(context: Context) {
  const { world, principal } = context
  const { peers } = world.privateNetworks
  return {
    addWireGuardPeer({ input: { organizationId, name, pubkey, region, network } }: Add) {
      const { rawSlug: org } = organizationFor(world, principal, organizationId)
      if (!KEY.test(pubkey)) throw new FlyError(422, 'Validation failed: Pubkey is not a WireGuard key')
      if (peers.some((peer) => peer.org === org && peer.name === name)) {
        throw new FlyError(422, 'Validation failed: Name has already been taken')
      }
      const place = region || NEAREST
      if (!REGIONS.some(({ code, gateway }) => code === place && gateway)) {
        throw new FlyError(422, `Validation failed: Region ${place} has no WireGuard gateway`)
      }
      const prefix = networkPrefix({ org, network: network || 'default' })
      const ip = `${prefix}:a7b:${world.random.hex(4)}:0:${world.random.hex(4)}:2`
      peers.push({ name, org, network: network || null, region: place, pubkey, ip, createdAt: world.clock.now() })
      world.effects.add({ kind: 'peer', id: ip, change: 'created' })
      return { peerip: ip, endpointip: '127.0.0.1', pubkey: gatewayKey(world.seed, place), network: network || null }
    },
    removeWireGuardPeer({ input: { organizationId, name } }: Named) {
      const organization = organizationFor(world, principal, organizationId)
      const found = peers.find((peer) => peer.org === organization.rawSlug && peer.name === name)
      if (!found) throw new FlyError(404, 'Could not find WireGuardPeer')
      peers.splice(peers.indexOf(found), 1)
      world.effects.add({ kind: 'peer', id: found.ip, change: 'removed' })
      return { organization: organizationNode(context, organization) }
    },
    /** Which of the addresses a client remembers are still those of peers it may know of. */
    validateWireGuardPeers({ input: { peerIps } }: { input: { peerIps: string[] } }) {
      const isKnown = (ip: string) => {
        const organization = findOrganization(world, peers.find((peer) => peer.ip === ip)?.org ?? '')
        return organization !== undefined && seesOrganization(context.reader, organization)
      }
      return { validPeerIps: peerIps.filter(isKnown), invalidPeerIps: peerIps.filter((ip) => !isKnown(ip)) }
    },
  }
}

/** The public key of a region's gateway: no gateway listens, but it is always the same one. */
const gatewayKey = (seed: number, region: string) =>
  Buffer.from(createRandom(hash(`${seed} gateway ${region}`)).hex(64), 'hex').toString('base64')

function delegatedMutations({ world, principal }: Context) {
  const { delegated } = world.privateNetworks
  return {
    createDelegatedWireGuardToken({ input: { organizationId, name } }: Named) {
      const { rawSlug: org } = organizationFor(world, principal, organizationId)
      const token = `fm1_wg_${world.random.hex(32)}`
      const id = `wgt_${world.random.hex(12)}`
      delegated.push({ id, name: name ?? '', org, token })
      world.effects.add({ kind: 'wireguard token', id, change: 'created' })
      return { token }
    },
    deleteDelegatedWireGuardToken({ input: { organizationId, name, token } }: Named) {
      const { rawSlug: org } = organizationFor(world, principal, organizationId)
      const found = delegated.find(
        (known) => known.org === org && (token ? known.token === token : known.name === name),
      )
      if (!found) throw new FlyError(404, 'Could not find DelegatedWireGuardToken')
      delegated.splice(delegated.indexOf(found), 1)
      world.effects.add({ kind: 'wireguard token', id: found.id, change: 'removed' })
      return { token: found.token }
    },
  }
}
