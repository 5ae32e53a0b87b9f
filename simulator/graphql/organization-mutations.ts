import { z } from 'zod'
import { organizationFor } from '../apps/find-app.ts'
import { FlyError, forbidden } from '../http/fly-error.ts'
import { createOrganization, deleteOrganization } from '../organizations/create-organization.ts'
import type { Organization } from '../world/types.ts'
import type { Context } from './context.ts'
import { invitationNode, organizationNode } from './organization-node.ts'
import { userNode } from './user-node.ts'

interface Invite {
  input: { organizationId: string; email: string }
}
interface Leave {
  input: { organizationId: string; userId: string }
}
interface Replays {
  input: { organizationSlug: string; allow: boolean }
}
interface Sources {
  input: { organizationSlug: string; allowedOrgSlugs: string[] }
}
interface NoSources {
  input: { organizationSlug: string; orgSlugsToRemove: string[] }
}

/** Organisations, the people in them, and what they let in. The right to it is that of an administrator. */
export function organizationMutations(context: Context) {
  return {
    ...lives(context),
    ...peopleMutations(context),
    ...replayMutations(context),
  }
}

function lives(context: Context) {
  const { world, principal } = context
  return {
    createOrganization({ input: { name } }: { input: { name: string } }) {
      if (principal.kind !== 'user') throw forbidden()
      return { organization: organizationNode(context, createOrganization(world, { name, founder: principal.owner })) }
    },
    deleteOrganization({ input: { organizationId } }: { input: { organizationId: string } }) {
      const organization = organizationFor(world, principal, organizationId)
      deleteOrganization(world, organization)
      return { deletedOrganizationId: organization.id }
    },
  }
}

function peopleMutations(context: Context) {
  const { world, principal } = context
  return {
    createOrganizationInvitation({ input: { organizationId, email } }: Invite) {
      const organization = organizationFor(world, principal, organizationId)
      const { rawSlug: org } = organization
      if (!z.email().safeParse(email).success) throw new FlyError(422, 'Validation failed: Email is invalid')
      if (world.people.members(org).some((member) => member.email === email)) {
        throw new FlyError(422, 'Validation failed: Email is a member already')
      }
      const id = `oi_${world.random.hex(16)}`
      const made = { id, email, org, inviter: principal.owner, createdAt: world.clock.now() }
      world.people.invitations.push(made)
      world.effects.add({ kind: 'invitation', id, change: 'created', to: org })
      return { invitation: invitationNode(context, organization, made) }
    },
    deleteOrganizationInvitation({ input: { invitationId } }: { input: { invitationId: string } }) {
      const found = world.people.invitations.find(({ id }) => id === invitationId)
      if (!found) throw new FlyError(404, 'Could not find OrganizationInvitation')
      const organization = organizationFor(world, principal, found.org)
      world.people.invitations.splice(world.people.invitations.indexOf(found), 1)
      world.effects.add({ kind: 'invitation', id: found.id, change: 'removed', from: found.org })
      return { organization: organizationNode(context, organization) }
    },
    deleteOrganizationMembership({ input: { organizationId, userId } }: Leave) {
      const organization = organizationFor(world, principal, organizationId)
      const members = world.people.members(organization.rawSlug)
      const leaver = members.find(({ email }) => userNode(email).id === userId)
      if (!leaver) throw new FlyError(404, 'Could not find User')
      const admins = members.filter(({ role }) => role === 'ADMIN')
      if (admins.length === 1 && admins[0] === leaver) throw new FlyError(422, 'the last administrator cannot leave')
      world.people.remove(organization.rawSlug, leaver.email)
      world.effects.add({ kind: 'member', id: userId, change: 'removed', from: organization.rawSlug })
      return { organization: organizationNode(context, organization), user: userNode(leaver.email) }
    },
  }
}

function replayMutations(context: Context) {
  const { world, principal } = context
  const { crossReplays, replaySources } = world.privateNetworks
  const changed = (organization: Organization) => {
    world.effects.add({ kind: 'organization', id: organization.rawSlug, change: 'replays' })
    return { organization: organizationNode(context, organization) }
  }
  const change = (slug: string, next: (known: string[]) => string[]) => {
    const organization = organizationFor(world, principal, slug)
    replaySources.set(organization.rawSlug, next(replaySources.get(organization.rawSlug) ?? []))
    return changed(organization)
  }
  const set = (organization: Organization, allow: boolean) => {
    if (allow) crossReplays.add(organization.rawSlug)
    else crossReplays.delete(organization.rawSlug)
    return changed(organization)
  }
  return {
    setAllowAllCrossNetworkReplays: ({ input: { organizationSlug, allow } }: Replays) =>
      set(organizationFor(world, principal, organizationSlug), allow),
    addAllowedReplaySourceOrgs: ({ input: { organizationSlug, allowedOrgSlugs } }: Sources) =>
      change(organizationSlug, (known) => [...new Set([...known, ...allowedOrgSlugs])]),
    removeAllowedReplaySourceOrgs: ({ input: { organizationSlug, orgSlugsToRemove } }: NoSources) =>
      change(organizationSlug, (known) => known.filter((slug) => !orgSlugsToRemove.includes(slug))),
  }
}
