import { ALL, EVERYTHING, READ } from './actions.ts'
import type { PackedCaveat } from './macaroon.ts'
import { apps, clusters, features, ifPresent, isMember, organization } from './write-caveats.ts'

/** What a token is made for; the words of GraphQL's `profile`. */
export type Profile =
  | { name: 'deploy_organization'; org: number }
  | { name: 'deploy'; org: number; app: number }
  | { name: 'litefs_cloud'; org: number; cluster: string }

/** The caveats a new token begins with. */
export function caveatsOf(profile: Profile): PackedCaveat[] {
  const home = organization(profile.org, ALL)
  switch (profile.name) {
    case 'deploy_organization':
      return [home, isMember]
    case 'deploy':
      // One app, and what a deploy needs of its organisation; the rest of it may only be read (Fly docs, access tokens).
      return [home, ifPresent([apps(new Map([[profile.app, EVERYTHING]])), features(DEPLOY_FEATURES)], READ)]
    case 'litefs_cloud':
      return [home, features(new Map([['litefs-cloud', ALL]])), clusters(new Map([[profile.cluster, ALL]]))]
    default:
      return profile satisfies never
  }
}

const DEPLOY_FEATURES = new Map([
  ['builder', EVERYTHING],
  ['wg', EVERYTHING],
])
