import { buildSchema } from 'graphql'

/** Our own reading of the part of Fly's GraphQL schema that clients use (names as in fly-go's schema). */
const SDL = `
scalar JSON
scalar BigInt
scalar ISO8601DateTime

type PageInfo { hasNextPage: Boolean! endCursor: String hasPreviousPage: Boolean! startCursor: String }

interface Principal { email: String trust: String! }
type User implements Principal { id: ID! email: String name: String username: String trust: String! twoFactorProtection: Boolean! enablePaidHobby: Boolean! }
type Macaroon implements Principal { email: String trust: String! }

type Query {
  viewer: Principal!
  userOnlyToken: Boolean!
  organizations(admin: Boolean, first: Int, after: String, type: String, withBillingIssuesOnly: Boolean): OrganizationConnection!
  organization(id: ID, name: String, slug: String): Organization
  apps(first: Int, after: String, organizationId: ID, role: String, active: Boolean, platform: String, type: String): AppConnection!
  app(id: String, name: String, internalId: String): App
  appNameAvailable(name: String!): Boolean!
  machine(machineId: String!): GqlMachine
  volume(id: ID!): Volume
  platform: Platform!
  nearestRegion: Region!
  products: [Product!]!
  validateConfig(definition: JSON!): AppConfig!
  latestImageDetails(image: String!, flyVersion: String): ImageVersion
  canPerformBluegreenDeployment(name: String!): Boolean!
  addOns(first: Int, after: String, type: String): AddOnConnection!
}

type Mutation {
  createLimitedAccessToken(input: CreateLimitedAccessTokenInput!): CreateLimitedAccessTokenPayload
  deleteLimitedAccessToken(input: DeleteLimitedAccessTokenInput!): DeleteLimitedAccessTokenPayload
  setSecrets(input: SetSecretsInput!): SecretsPayload
  unsetSecrets(input: UnsetSecretsInput!): SecretsPayload
  allocateIpAddress(input: AllocateIPAddressInput!): AllocateIPAddressPayload
  releaseIpAddress(input: ReleaseIPAddressInput!): AppPayload
  addCertificate(appId: ID!, hostname: String!): AddCertificatePayload
  deleteCertificate(appId: ID!, hostname: String!): AppPayload
  ensureMachineRemoteBuilder(input: EnsureMachineRemoteBuilderInput!): EnsureMachineRemoteBuilderPayload
  ensureDepotRemoteBuilder(input: EnsureDepotRemoteBuilderInput!): EnsureDepotRemoteBuilderPayload
  createBuild(input: CreateBuildInput!): BuildPayload
  finishBuild(input: FinishBuildInput!): BuildPayload
  createRelease(input: CreateReleaseInput!): ReleasePayload
  updateRelease(input: UpdateReleaseInput!): ReleasePayload
  createVolumeSnapshot(input: CreateVolumeSnapshotInput!): VolumePayload
  issueCertificate(input: IssueCertificateInput!): IssueCertificatePayload
  addWireGuardPeer(input: AddWireGuardPeerInput!): AddWireGuardPeerPayload
  validateWireGuardPeers(input: ValidateWireGuardPeersInput!): ValidateWireGuardPeersPayload
  createOrganization(input: CreateOrganizationInput!): OrganizationPayload
}

type OrganizationConnection { nodes: [Organization!]! pageInfo: PageInfo! totalCount: Int! }
type Organization {
  id: ID! internalNumericId: BigInt! slug: String! rawSlug: String! name: String! type: String! viewerRole: String!
  billingStatus: String! billable: Boolean! paidPlan: Boolean! isCreditCardSaved: Boolean! creditBalance: Int!
  trialStartedAt: ISO8601DateTime trialEndedAt: ISO8601DateTime trust: String! remoteBuilderImage: String
  allowAllCrossNetworkReplays: Boolean! allowedReplaySourceOrgSlugs: [String!]!
  members(first: Int, after: String): MemberConnection!
  apps(first: Int, after: String): AppConnection!
  limitedAccessTokens(first: Int, after: String): TokenConnection!
  addOns(first: Int, after: String, type: String): AddOnConnection!
  remoteBuilderApp: App
}
type MemberConnection { edges: [MemberEdge!]! }
type MemberEdge { role: String! joinedAt: ISO8601DateTime! node: User! }
type AddOnConnection { nodes: [AddOn!]! }
type AddOn { id: ID! name: String }

type AppConnection { nodes: [App!]! pageInfo: PageInfo! totalCount: Int! }
type App {
  id: ID! internalNumericId: BigInt! name: String! status: String! state: String! deployed: Boolean! hostname: String appUrl: String
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
}
type AppRole { name: String! }
type AppLock { lockId: ID! expiration: ISO8601DateTime! }
type HostIssueConnection { nodes: [HostIssue!]! }
type HostIssue { internalId: String! message: String! createdAt: ISO8601DateTime! updatedAt: ISO8601DateTime! resolvedAt: ISO8601DateTime }
type AppUsage { interval: String! ts: ISO8601DateTime! requestsCount: Int! totalAppExecS: Int! totalDataOutGB: Float! }
type ReleaseConnection { nodes: [Release!]! pageInfo: PageInfo! }
type Release {
  id: ID! version: Int! status: String! stable: Boolean! description: String! reason: String! imageRef: String inProgress: Boolean!
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
  id: ID! hostname: String! clientStatus: String! isConfigured: Boolean! isWildcard: Boolean! isAcmeAlpnConfigured: Boolean!
  isAcmeDnsConfigured: Boolean! isAcmeHttpConfigured: Boolean! dnsValidationHostname: String! dnsValidationTarget: String!
  rateLimitedUntil: ISO8601DateTime createdAt: ISO8601DateTime issued: IssuedConnection! validationErrors: [CertificateError!]!
}
type IssuedConnection { nodes: [IssuedCertificate!]! }
type IssuedCertificate { type: String! expiresAt: ISO8601DateTime! }
type CertificateError { errorCode: Int! message: String! remediation: String! timestamp: ISO8601DateTime! }
type GqlMachineConnection { nodes: [GqlMachine!]! }
type GqlMachine { id: ID! name: String! state: String! region: String! instanceId: String! createdAt: ISO8601DateTime! updatedAt: ISO8601DateTime! config: JSON app: App! ips: MachineIPConnection! }
type MachineIPConnection { nodes: [MachineIP!]! }
type MachineIP { family: String! kind: String! ip: String! maskSize: Int! }
type TokenConnection { nodes: [LimitedAccessToken!]! }
type LimitedAccessToken { id: ID! name: String! profile: String! profileParams: JSON tokenHeader: String createdAt: ISO8601DateTime! expiresAt: ISO8601DateTime! revokedAt: ISO8601DateTime user: User }
type Platform { requestRegion: String! regions: [Region!]! vmSizes: [VMSize!]! }
type Region { code: String! name: String! latitude: Float! longitude: Float! gatewayAvailable: Boolean! requiresPaidPlan: Boolean! deprecated: Boolean! }
type VMSize { name: String! cpuCores: Float! memoryMb: Int! memoryGb: Float! maxMemoryMb: Int! memoryIncrementsMb: [Int!]! priceMonth: Float! priceSecond: Float! }
type Product { name: String! type: String! unitLabel: String tiers: [PriceTier!]! }
type PriceTier { unitAmount: String upTo: BigInt }
type AppConfig { valid: Boolean! errors: [String!]! definition: JSON }

input CreateLimitedAccessTokenInput { clientMutationId: String name: String! organizationId: ID! profile: String! profileParams: JSON expiry: String }
input DeleteLimitedAccessTokenInput { clientMutationId: String id: ID token: String }
input SecretInput { key: String! value: String! }
input SetSecretsInput { clientMutationId: String appId: ID! secrets: [SecretInput!]! replaceAll: Boolean }
input UnsetSecretsInput { clientMutationId: String appId: ID! keys: [String!]! }
input AllocateIPAddressInput { clientMutationId: String appId: ID! type: String! region: String network: String organizationId: ID serviceName: String }
input ReleaseIPAddressInput { clientMutationId: String appId: ID ip: String ipAddressId: ID }
input EnsureMachineRemoteBuilderInput { clientMutationId: String appName: String organizationId: ID region: String v2: Boolean }
input EnsureDepotRemoteBuilderInput { clientMutationId: String appName: String organizationId: ID region: String builderScope: String }
input CreateBuildInput { clientMutationId: String appName: String! builderType: String! strategiesAvailable: [String!]! machineId: String imageOpts: JSON }
input FinishBuildInput { clientMutationId: String buildId: ID! appName: String! status: String! machineId: String strategiesAttempted: JSON builderMeta: JSON finalImage: JSON timings: JSON logs: String }
input CreateReleaseInput { clientMutationId: String appId: ID! buildId: ID definition: JSON image: String! platformVersion: String strategy: String! }
input UpdateReleaseInput { clientMutationId: String releaseId: ID! status: String! metadata: JSON }
input CreateVolumeSnapshotInput { clientMutationId: String volumeId: ID! }
input IssueCertificateInput { clientMutationId: String organizationId: ID! appNames: [String!] principals: [String!] publicKey: String validHours: Int }
input AddWireGuardPeerInput { clientMutationId: String organizationId: ID! name: String! pubkey: String! region: String network: String nats: Boolean ephemeral: Boolean }
input ValidateWireGuardPeersInput { clientMutationId: String peerIps: [String!]! }
input CreateOrganizationInput { clientMutationId: String name: String! appsV2DefaultOn: Boolean }

type CreateLimitedAccessTokenPayload { limitedAccessToken: LimitedAccessToken! }
type DeleteLimitedAccessTokenPayload { token: String }
type SecretsPayload { app: App release: Release }
type AllocateIPAddressPayload { ipAddress: IPAddress app: App! }
type AppPayload { app: App }
type AddCertificatePayload { certificate: Certificate check: CertificateCheck errors: [String!] }
type CertificateCheck { aRecords: [String!]! aaaaRecords: [String!]! cnameRecords: [String!]! dnsConfigured: Boolean! }
type EnsureMachineRemoteBuilderPayload { app: App machine: GqlMachine }
type EnsureDepotRemoteBuilderPayload { buildId: ID! buildToken: String! }
type BuildPayload { id: ID! status: String! wallclockTimeMs: Int! }
type ReleasePayload { release: Release! }
type VolumePayload { volume: Volume! }
type IssueCertificatePayload { certificate: String! key: String }
type AddWireGuardPeerPayload { peerip: String! endpointip: String! pubkey: String! network: String }
type ValidateWireGuardPeersPayload { validPeerIps: [String!]! invalidPeerIps: [String!]! }
type OrganizationPayload { organization: Organization! }
`

export const schema = buildSchema(SDL)
