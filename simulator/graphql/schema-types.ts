/** What can be read: our own reading of the part of Fly's GraphQL schema that clients use (names as in its public schema). */
export const TYPES = `
scalar JSON
scalar BigInt
scalar ISO8601DateTime
enum AddOnType { arcjet enveloop fly_mysql kubernetes redis sentry supabase tigris upstash_kafka upstash_redis upstash_vector wafris }

type PageInfo { hasNextPage: Boolean! endCursor: String hasPreviousPage: Boolean! startCursor: String }

interface Principal { email: String trust: String! }
type User implements Principal { id: ID! email: String name: String username: String trust: String! twoFactorProtection: Boolean! enablePaidHobby: Boolean! }
type Macaroon implements Principal { email: String trust: String! }

type OrganizationConnection { nodes: [Organization!]! pageInfo: PageInfo! totalCount: Int! }
type Organization {
  id: ID! internalNumericId: BigInt! slug: String! rawSlug: String! name: String! type: String! viewerRole: String!
  billingStatus: String! billable: Boolean! paidPlan: Boolean! isCreditCardSaved: Boolean! creditBalance: Int!
  trialStartedAt: ISO8601DateTime trialEndedAt: ISO8601DateTime trust: String! remoteBuilderImage: String
  allowAllCrossNetworkReplays: Boolean! allowedReplaySourceOrgSlugs: [String!]!
  members(first: Int, after: String): MemberConnection!
  apps(first: Int, after: String): AppConnection!
  limitedAccessTokens(first: Int, after: String): TokenConnection!
  addOns(first: Int, after: String, type: AddOnType): AddOnConnection!
  remoteBuilderApp: App
  addOnSsoLink: String provisionsBetaExtensions: Boolean!
  wireGuardPeers(first: Int, after: String): WireGuardPeerConnection!
}
type MemberConnection { edges: [MemberEdge!]! }
type WireGuardPeerConnection { nodes: [WireGuardPeer!]! }
type WireGuardPeer { id: ID! name: String! network: String peerip: String! pubkey: String! region: String! }
type MemberEdge { cursor: String! role: String! joinedAt: ISO8601DateTime! node: User! }
type AddOnConnection { nodes: [AddOn!]! }
type AddOn {
  id: ID! name: String primaryRegion: String privateIp: String readRegions: [String!] status: String errorMessage: String
  metadata: JSON options: JSON environment: JSON ssoLink: String publicUrl: String password: String
  addOnPlan: AddOnPlan addOnProvider: AddOnProvider organization: Organization!
}
type AddOnPlan { id: ID! name: String displayName: String description: String maxDataSize: String pricePerMonth: Int }
type AddOnProvider { id: ID! name: String displayName: String tosUrl: String asyncProvisioning: Boolean! autoProvision: Boolean! }

type AppConnection { nodes: [App!]! pageInfo: PageInfo! totalCount: Int! }
type App {
  id: ID! internalNumericId: Int! name: String! status: String! state: String! deployed: Boolean! version: Int! hostname: String appUrl: String cnameTarget: String
  network: String platformVersion: String! createdAt: ISO8601DateTime! sharedIpAddress: String organization: Organization!
  currentRelease: Release currentReleaseUnprocessed: Release
  releases(first: Int, after: String, status: String): ReleaseConnection!
  releasesUnprocessed(first: Int, after: String, status: String): ReleaseConnection!
  image(ref: String!): Image
  imageDetails: ImageVersion
  ipAddresses(first: Int, after: String): IPAddressConnection!
  egressIpAddresses(first: Int, after: String): EgressIPConnection!
  currentLock: AppLock
  hostIssues(first: Int, after: String): HostIssueConnection!
  usage(interval: String): [AppUsage!]!
  secrets: [Secret!]!
  volumes(first: Int, after: String): VolumeConnection!
  certificates(first: Int, after: String): CertificateConnection!
  machines(active: Boolean, first: Int, after: String): GqlMachineConnection!
  limitedAccessTokens(first: Int, after: String): TokenConnection!
  role: AppRole
  config: AppConfig! services: [Service!]! regions: [Region!]
  addOns(first: Int, after: String, type: AddOnType): AddOnConnection!
  certificate(hostname: String!): Certificate
}
type Service { description: String! protocol: String! internalPort: Int! softConcurrency: Int! hardConcurrency: Int! ports: [ServicePort!]! }
type ServicePort { port: Int startPort: Int endPort: Int handlers: [String!]! }
type AppRole { name: String! }
type AppLock { lockId: ID! expiration: ISO8601DateTime! }
type HostIssueConnection { nodes: [HostIssue!]! }
type HostIssue { internalId: String! message: String! createdAt: ISO8601DateTime! updatedAt: ISO8601DateTime! resolvedAt: ISO8601DateTime }
type AppUsage { interval: String! ts: ISO8601DateTime! requestsCount: Int! totalAppExecS: Int! totalDataOutGB: Float! }
type ReleaseConnection { nodes: [Release!]! pageInfo: PageInfo! }
type Release {
  id: ID! version: Int! evaluationId: String status: String! stable: Boolean! description: String! reason: String! imageRef: String inProgress: Boolean!
  deploymentStrategy: String! createdAt: ISO8601DateTime! user: User configDefinition: JSON image: Image
}
type Image { id: ID! ref: String! absoluteRef: String! registry: String repository: String! tag: String digest: String! compressedSizeFull: BigInt! label: String manifest: JSON createdAt: ISO8601DateTime! }
type ImageVersion { registry: String! repository: String! tag: String! digest: String! version: String }
type IPAddressConnection { nodes: [IPAddress!]! }
type IPAddress { id: ID! address: String! type: String! region: String! serviceName: String createdAt: ISO8601DateTime! network: Network }
type EgressIPConnection { nodes: [EgressIP!]! }
type EgressIP { id: ID! ip: String! version: Int! region: String! updatedAt: ISO8601DateTime }
type Network { id: ID! name: String! organization: Organization }
type Secret { id: ID! name: String! digest: String! createdAt: ISO8601DateTime! user: User }
type VolumeConnection { nodes: [Volume!]! }
type Volume {
  id: ID! internalId: String! name: String! region: String! sizeGb: Int! usedBytes: BigInt! state: String! status: String! encrypted: Boolean!
  snapshotRetentionDays: Int createdAt: ISO8601DateTime! attachedMachine: GqlMachine app: App! snapshots(first: Int, after: String): SnapshotConnection!
}
type SnapshotConnection { nodes: [Snapshot!]! }
type Snapshot { id: ID! size: BigInt! digest: String! createdAt: ISO8601DateTime! retentionDays: Int }
type CertificateConnection { nodes: [Certificate!]! }
type Certificate {
  id: ID! hostname: String! clientStatus: String! source: String certificateAuthority: String dnsProvider: String dnsValidationInstructions: String!
  check: Boolean! isApex: Boolean! configured: Boolean! acmeAlpnConfigured: Boolean! acmeDnsConfigured: Boolean! isConfigured: Boolean! isWildcard: Boolean! isAcmeAlpnConfigured: Boolean!
  isAcmeDnsConfigured: Boolean! isAcmeHttpConfigured: Boolean! dnsValidationHostname: String! dnsValidationTarget: String!
  rateLimitedUntil: ISO8601DateTime createdAt: ISO8601DateTime issued: IssuedConnection! validationErrors: [CertificateError!]!
}
type IssuedConnection { nodes: [IssuedCertificate!]! }
type IssuedCertificate { type: String! expiresAt: ISO8601DateTime! }
type CertificateError { errorCode: Int! message: String! remediation: String! timestamp: ISO8601DateTime! }
type GqlMachineConnection { nodes: [GqlMachine!]! }
type GqlMachine { id: ID! name: String! state: String! region: String! instanceId: String! createdAt: ISO8601DateTime! updatedAt: ISO8601DateTime! config: JSON app: App! host: Host!
  ips: MachineIPConnection! egressIpAddresses(first: Int, after: String): EgressIPConnection! }
type Host { id: ID! }
type MachineIPConnection { nodes: [MachineIP!]! }
type MachineIP { family: String! kind: String! ip: String! maskSize: Int! }
type TokenConnection { nodes: [LimitedAccessToken!]! }
type LimitedAccessToken { id: ID! name: String! profile: String! profileParams: JSON token: String! tokenHeader: String createdAt: ISO8601DateTime! expiresAt: ISO8601DateTime! revokedAt: ISO8601DateTime user: User }
type Platform { requestRegion: String! regions: [Region!]! vmSizes: [VMSize!]! }
type Region { code: String! name: String! latitude: Float! longitude: Float! gatewayAvailable: Boolean! requiresPaidPlan: Boolean! deprecated: Boolean! }
type VMSize { name: String! cpuCores: Float! memoryMb: Int! memoryGb: Float! maxMemoryMb: Int! memoryIncrementsMb: [Int!]! priceMonth: Float! priceSecond: Float! }
type Product { name: String! type: String! unitLabel: String tiers: [PriceTier!]! }
type PriceTier { unitAmount: String upTo: BigInt }
type AppConfig { valid: Boolean! errors: [String!]! definition: JSON services: [Service!]! }
`
