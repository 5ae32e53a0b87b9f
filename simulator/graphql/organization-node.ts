import { FlyError } from '../http/fly-error.ts'
import type { WireGuardPeer } from '../organizations/peers.ts'
import type { Invitation, Member } from '../organizations/people.ts'
import { authorityOf } from '../ssh/authority.ts'
import { publicLine } from '../ssh/keys.ts'
import { mayUseApp } from '../tokens/principal.ts'
import type { App, Organization } from '../world/types.ts'
import type { Context, Node } from './context.ts'
import { connection, iso, type PageArguments } from './page.ts'
import { tokensOf } from './token-node.ts'
import { userNode } from './user-node.ts'

export const organizationNode = (context: Context, organization: Organization): Node => ({
  ...facts(organization),
  ...appFields(context, organization),
  ...peopleFields(context, organization),
  ...networkFields(context, organization),
  limitedAccessTokens: (page: PageArguments) => tokensOf(context, { org: organization.rawSlug }, page),
})

const facts = (organization: Organization) => ({
  ...organization,
  internalNumericId: String(organization.numericId),
  type: organization.personal ? 'PERSONAL' : 'SHARED',
  billable: organization.paidPlan,
  isCreditCardSaved: organization.paidPlan,
  creditBalance: 0,
  trialStartedAt: organization.billingStatus.startsWith('TRIAL') ? iso(organization.createdAt) : null,
  trialEndedAt: organization.billingStatus === 'TRIAL_ENDED' ? iso(organization.createdAt + TRIAL) : null,
  trust: organization.paidPlan ? 'HIGH' : 'UNKNOWN',
})

/** Milliseconds a trial lasts at most (Fly docs, free trial: 7 days). */
const TRIAL = 7 * 24 * 3_600_000

function appFields(context: Context, { rawSlug }: Organization) {
  const { world, reader } = context
  const apps = (): App[] => [...world.apps.values()].filter((app) => app.org === rawSlug && mayUseApp(reader, app))
  return {
    apps: (page: PageArguments) => connection(apps(), page, (app) => context.nodes.app(context, app)),
    remoteBuilderImage: '',
    remoteBuilderApp: () => {
      const builder = apps().find(({ role }) => role === 'remote-docker-builder')
      return builder ? context.nodes.app(context, builder) : null
    },
    // There are no extensions in this world.
    addOns: (page: PageArguments) => connection([], page, (addOn) => addOn),
    addOnSsoLink: null,
    extensionSsoLink: null,
    provisionsBetaExtensions: false,
  }
}

function peopleFields(context: Context, organization: Organization) {
  const { world, reader } = context
  const { rawSlug } = organization
  const me = world.people.members(rawSlug).find(({ email }) => email === reader.owner)
  return {
    viewerRole: reader.kind === 'user' ? (me?.role ?? 'MEMBER').toLowerCase() : 'member',
    members: (page: PageArguments) => memberPage(world.people.members(rawSlug), page),
    invitations: (page: PageArguments) =>
      connection(
        world.people.invitations.filter(({ org }) => org === rawSlug),
        page,
        (invitation) => invitationNode(context, organization, invitation),
      ),
  }
}

/** Here the role stands at the edge, and the person behind it. */
function memberPage(members: Member[], page: PageArguments) {
  const { edges, nodes, ...rest } = connection(members, page, (member) => member)
  return {
    ...rest,
    nodes: nodes.map(({ email }) => userNode(email)),
    edges: edges.map(({ cursor, node: { email, role, joinedAt } }) => ({
      cursor,
      role,
      joinedAt: iso(joinedAt),
      node: userNode(email),
    })),
  }
}

export const invitationNode = (context: Context, organization: Organization, invitation: Invitation) => ({
  id: invitation.id,
  email: invitation.email,
  inviter: userNode(invitation.inviter),
  organization: () => organizationNode(context, organization),
  createdAt: iso(invitation.createdAt),
  redeemed: false,
  redeemedAt: null,
})

function networkFields({ world }: Context, { rawSlug }: Organization) {
  const { peers, delegated, crossReplays, replaySources } = world.privateNetworks
  const own = () => peers.filter(({ org }) => org === rawSlug)
  const root = () => publicLine(authorityOf(world, rawSlug))
  return {
    allowAllCrossNetworkReplays: crossReplays.has(rawSlug),
    allowedReplaySourceOrgSlugs: replaySources.get(rawSlug) ?? [],
    wireGuardPeers: (page: PageArguments) => connection(own(), page, peerNode),
    wireGuardPeer: ({ name }: { name: string }) => {
      const found = own().find((peer) => peer.name === name)
      if (!found) throw new FlyError(404, 'Could not find WireGuardPeer')
      return peerNode(found)
    },
    delegatedWireGuardTokens: (page: PageArguments) =>
      connection(
        delegated.filter(({ org }) => org === rawSlug),
        page,
        ({ id, name }) => ({ id, name }),
      ),
    sshCertificate: root,
    loggedCertificates: (page: PageArguments) =>
      connection([root()], page, (cert) => ({ id: `sshca_${rawSlug}`, cert, root: true })),
  }
}

const peerNode = ({ name, network, ip, pubkey, region }: WireGuardPeer) => ({
  id: `wg_${name}`,
  name,
  network,
  peerip: ip,
  pubkey,
  region,
})
