import type { Organization } from '../world/types.ts'

/** Who calls. `org`, `app` limit where; `readonly` limits what (Fly docs, access tokens). */
export interface Principal {
  id: string
  kind: 'user' | 'org' | 'deploy' | 'readonly'
  /** `rawSlug`; absent = every organisation. */
  org?: string
  app?: string
  /** Shown as the owner of leases and the author of releases. */
  owner: string
  /** How it was made, for tokens that can be listed and revoked. */
  made?: { name: string; profile: string; at: number; expiresAt: number }
}

export const seesOrganization = ({ org }: Principal, { rawSlug }: Organization) => org === undefined || org === rawSlug
