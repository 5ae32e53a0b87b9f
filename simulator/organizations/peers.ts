/** A device in the private network of an organisation. */
export interface WireGuardPeer {
  name: string
  /** `rawSlug` */
  org: string
  network: string | null
  region: string
  /** Its public key. */
  pubkey: string
  ip: string
  createdAt: number
}

/** A token that devices use to add themselves. */
export interface DelegatedToken {
  id: string
  name: string
  org: string
  token: string
}

/** What may come into the private networks, and which organisations may replay requests into another. */
export interface PrivateNetworks {
  peers: WireGuardPeer[]
  delegated: DelegatedToken[]
  /** `rawSlug` → whether every network of it may replay into every other. */
  crossReplays: Set<string>
  /** `rawSlug` → slugs of the organisations that may replay into it. */
  replaySources: Map<string, string[]>
}

export const createPrivateNetworks = (): PrivateNetworks => ({
  peers: [],
  delegated: [],
  crossReplays: new Set(),
  replaySources: new Map(),
})
