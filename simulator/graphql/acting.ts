import { WRITE } from '../tokens/actions.ts'
import type { Context } from './context.ts'

/** The part of an organisation that a mutation is about; for tokens that are narrowed to some. */
const FEATURES: Record<string, string> = {
  addWireGuardPeer: 'wg',
  removeWireGuardPeer: 'wg',
  createDelegatedWireGuardToken: 'wg',
  deleteDelegatedWireGuardToken: 'wg',
  createOrganizationInvitation: 'membership',
  deleteOrganizationInvitation: 'membership',
  deleteOrganizationMembership: 'membership',
  deleteOrganization: 'deletion',
}

/** The caller at one mutation: what it asks of apps and organisations counts as writing, under this name. */
export const acting = (context: Context, mutation: string): Context => {
  const feature = FEATURES[mutation]
  const request = { action: WRITE, mutation, ...(feature ? { feature } : {}) }
  return { ...context, principal: context.principal.doing(request), reader: context.principal }
}
