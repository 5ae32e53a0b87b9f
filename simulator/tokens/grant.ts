import type { Caveat } from './caveats.ts'
import type { Macaroon } from './macaroon.ts'

/** What the platform remembers of a token it made. */
export interface Issued {
  id: string
  name: string
  /** `user`, or the profile it was made with. */
  profile: 'user' | 'deploy_organization' | 'deploy' | 'litefs_cloud'
  /** Shown as the owner of leases and the author of releases. */
  owner: string
  /** `rawSlug`; absent = every organisation. */
  org?: string
  app?: string
  cluster?: string
  /** Who made it. */
  creator: string
  createdAt: number
  expiresAt: number
  revokedAt?: number
  /** Caveats it was made with; clients append more. */
  ownCaveats: number
}

/** A token that was sent and verified. */
export interface Grant {
  text: string
  issued: Issued
  caveats: readonly Caveat[]
  /** Absent for the tokens of users, which are no macaroons. */
  macaroon?: Macaroon
}
