/** Who acts, and for whom. Our own reading of the part of Fly's GraphQL schema that clients use; names are Fly's. */
export const PEOPLE = `
scalar JSON
scalar BigInt
scalar ISO8601DateTime

enum OrganizationTrust { BANNED HIGH LOW RESTRICTED UNKNOWN }
enum OrganizationType { PERSONAL SHARED }
enum OrganizationMemberRole { ADMIN MEMBER }
enum BillingStatus { CURRENT DELINQUENT PAST_DUE SOURCE_REQUIRED SUSPENDED TRIAL_ACTIVE TRIAL_ENDED }

type PageInfo { startCursor: String endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! }

interface Principal { email: String! trust: OrganizationTrust! }
type User implements Principal {
  id: ID! email: String! name: String username: String trust: OrganizationTrust! twoFactorProtection: Boolean!
  enablePaidHobby: Boolean! agreedToProviderTos(providerName: String!): Boolean!
}
type Macaroon implements Principal { email: String! trust: OrganizationTrust! }

type OrganizationConnection { nodes: [Organization] pageInfo: PageInfo! totalCount: Int! }
type Organization {
  id: ID! internalNumericId: BigInt! slug: String! rawSlug: String! name: String! type: OrganizationType! viewerRole: String!
  trust: OrganizationTrust! billingStatus: BillingStatus! billable: Boolean! paidPlan: Boolean! isCreditCardSaved: Boolean!
  creditBalance: Int! trialStartedAt: ISO8601DateTime trialEndedAt: ISO8601DateTime
  allowAllCrossNetworkReplays: Boolean! allowedReplaySourceOrgSlugs: [String!]!
  members(after: String, before: String, first: Int, last: Int): OrganizationMembershipsConnection!
  invitations(after: String, before: String, first: Int, last: Int): OrganizationInvitationConnection!
  apps(after: String, before: String, first: Int, last: Int): AppConnection!
  limitedAccessTokens(after: String, before: String, first: Int, last: Int): LimitedAccessTokenConnection!
  wireGuardPeer(name: String!): WireGuardPeer!
  wireGuardPeers(after: String, before: String, first: Int, last: Int): WireGuardPeerConnection!
  delegatedWireGuardTokens(after: String, before: String, first: Int, last: Int): DelegatedWireGuardTokenConnection!
  loggedCertificates(after: String, before: String, first: Int, last: Int): LoggedCertificateConnection
  sshCertificate: String
  remoteBuilderApp: App remoteBuilderImage: String!
  addOns(after: String, before: String, first: Int, last: Int, type: AddOnType): AddOnConnection!
  addOnSsoLink: String extensionSsoLink(provider: String!): String provisionsBetaExtensions: Boolean!
}

type OrganizationMembershipsConnection { edges: [OrganizationMembershipsEdge] nodes: [User] pageInfo: PageInfo! totalCount: Int! }
type OrganizationMembershipsEdge { cursor: String! node: User role: OrganizationMemberRole! joinedAt: ISO8601DateTime! }
type OrganizationInvitationConnection { nodes: [OrganizationInvitation] pageInfo: PageInfo! totalCount: Int! }
type OrganizationInvitation {
  id: ID! email: String! inviter: User! organization: Organization! createdAt: ISO8601DateTime! redeemed: Boolean! redeemedAt: ISO8601DateTime
}

type LimitedAccessTokenConnection { nodes: [LimitedAccessToken] pageInfo: PageInfo! totalCount: Int! }
type LimitedAccessToken {
  id: ID! name: String! profile: String! profileParams: JSON token: String! tokenHeader: String
  createdAt: ISO8601DateTime! expiresAt: ISO8601DateTime! revokedAt: ISO8601DateTime user: User!
}

type WireGuardPeerConnection { nodes: [WireGuardPeer] pageInfo: PageInfo! totalCount: Int! }
type WireGuardPeer { id: ID! name: String! network: String peerip: String! pubkey: String! region: String! }
type DelegatedWireGuardTokenConnection { nodes: [DelegatedWireGuardToken] pageInfo: PageInfo! totalCount: Int! }
type DelegatedWireGuardToken { id: ID! name: String! }
type LoggedCertificateConnection { nodes: [LoggedCertificate] pageInfo: PageInfo! totalCount: Int! }
type LoggedCertificate { id: ID! cert: String! root: Boolean! }

enum AddOnType { arcjet enveloop fly_mysql kubernetes redis sentry supabase tigris upstash_kafka upstash_redis upstash_vector wafris }
type AddOnConnection { nodes: [AddOn] pageInfo: PageInfo! totalCount: Int! }
type AddOn {
  id: ID! name: String primaryRegion: String privateIp: String readRegions: [String!] status: String errorMessage: String
  metadata: JSON options: JSON environment: JSON ssoLink: String publicUrl: String password: String
  app: App organization: Organization! addOnPlan: AddOnPlan addOnProvider: AddOnProvider
}
type AddOnPlanConnection { nodes: [AddOnPlan] pageInfo: PageInfo! totalCount: Int! }
type AddOnPlan { id: ID! name: String displayName: String description: String maxDataSize: String pricePerMonth: Int }
type AddOnProvider { id: ID! name: String displayName: String tosUrl: String asyncProvisioning: Boolean! autoProvision: Boolean! }
`
