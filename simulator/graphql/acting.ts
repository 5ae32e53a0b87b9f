import { WRITE } from '../tokens/actions.ts'
import type { Context } from './context.ts'

/** The part of an organisation that a mutation is about; for tokens that are narrowed to some. */
const FEATURES: Record<string, string> = {
  addWireGuardPeer: 'wg',
  removeWireGuardPeer: 'wg',
  ensureMachineRemoteBuilder: 'builder',
}

/** The caller at one mutation: what it asks of apps and organisations counts as writing, under this name. */
export const acting = ({ world, principal, origin }: Context, mutation: string): Context => {
  const feature = FEATURES[mutation]
  return {
    world,
    origin,
    principal: principal.doing({ action: WRITE, mutation, ...(feature ? { feature } : {}) }),
    reader: principal,
  }
}
