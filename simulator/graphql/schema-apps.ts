/** Apps and what belongs to one. */
export const APPS = `
enum AppState { DEPLOYED PENDING SUSPENDED }
enum PlatformVersionEnum { detached machines nomad }
enum RuntimeType { FIRECRACKER NODEPROXY }
enum DeploymentStrategy { BLUEGREEN CANARY IMMEDIATE ROLLING ROLLING_ONE SIMPLE }
enum ServiceProtocolType { TCP UDP }
enum ServiceHandlerType { EDGE_HTTP HTTP PG_TLS PROXY_PROTO TLS }
enum IPAddressType { private_v6 shared_v4 v4 v6 }

type AppConnection { nodes: [App] pageInfo: PageInfo! totalCount: Int! }
type App {
  id: ID! internalId: String! internalNumericId: Int! name: String! status: String! state: AppState! deployed: Boolean! version: Int!
  hostname: String appUrl: String cnameTarget: String network: String networkId: Int platformVersion: PlatformVersionEnum
  runtime: RuntimeType! createdAt: ISO8601DateTime! sharedIpAddress: String organization: Organization! role: AppRole
  config: AppConfig! services: [Service!]! regions: [Region!]! currentLock: AppLock
  currentRelease: Release currentReleaseUnprocessed: ReleaseUnprocessed
  release(id: ID, version: Int): Release
  builds(after: String, before: String, first: Int, last: Int): BuildConnection!
  releases(after: String, before: String, first: Int, last: Int): ReleaseConnection!
  releasesUnprocessed(after: String, before: String, first: Int, last: Int, status: String): ReleaseUnprocessedConnection!
  image(ref: String!): Image imageDetails: ImageVersion latestImageDetails: ImageVersion
  imageUpgradeAvailable: Boolean imageVersionTrackingEnabled: Boolean!
  ipAddress(address: String!): IPAddress
  ipAddresses(after: String, before: String, first: Int, last: Int): IPAddressConnection!
  egressIpAddresses(after: String, before: String, first: Int, last: Int): EgressIPAddressConnection!
  hostIssues(after: String, before: String, first: Int, last: Int): IssueConnection
  usage: [AppUsage!]! tsusage(kinds: [String!]!): JSON!
  secrets: [Secret!]!
  volume(internalId: String!): Volume
  volumes(after: String, before: String, first: Int, last: Int): VolumeConnection!
  certificate(hostname: String!): AppCertificate
  certificates(after: String, before: String, first: Int, last: Int, filter: String, id: String): AppCertificateConnection!
  machine(id: String!): Machine
  machines(after: String, before: String, first: Int, last: Int, active: Boolean, version: Int): MachineConnection!
  allocations(showCompleted: Boolean): [Allocation!]!
  limitedAccessTokens(after: String, before: String, first: Int, last: Int): LimitedAccessTokenConnection!
  addOns(after: String, before: String, first: Int, last: Int, type: AddOnType): AddOnConnection!
  parseConfig(definition: JSON!): AppConfig!
}
type AppRole { name: String! }
type AppLock { lockId: ID! expiration: ISO8601DateTime! }
type AppUsage { interval: String! ts: ISO8601DateTime! requestsCount: Int! totalAppExecS: Int! totalDataOutGB: Float! }
type AppConfig { valid: Boolean! errors: [String!]! definition: JSON! services: [Service!]! }
type Service { description: String! protocol: ServiceProtocolType! internalPort: Int! softConcurrency: Int! hardConcurrency: Int! ports: [ServicePort!]! }
type ServicePort { port: Int startPort: Int endPort: Int handlers: [ServiceHandlerType!]! }
type IssueConnection { nodes: [Issue] pageInfo: PageInfo! totalCount: Int! }
type Issue { id: ID! internalId: String! message: String createdAt: ISO8601DateTime! updatedAt: ISO8601DateTime! resolvedAt: ISO8601DateTime }

type ReleaseConnection { nodes: [Release] pageInfo: PageInfo! totalCount: Int! }
type Release {
  id: ID! version: Int! evaluationId: String status: String! stable: Boolean! inProgress: Boolean! description: String! reason: String!
  imageRef: String image: Image deploymentStrategy: DeploymentStrategy! createdAt: ISO8601DateTime! updatedAt: ISO8601DateTime!
  user: User metadata: JSON config: AppConfig
}
type ReleaseUnprocessedConnection { nodes: [ReleaseUnprocessed] pageInfo: PageInfo! totalCount: Int! }
type ReleaseUnprocessed {
  id: ID! version: Int! evaluationId: String status: String! stable: Boolean! inProgress: Boolean! description: String! reason: String!
  imageRef: String image: Image deploymentStrategy: DeploymentStrategy! createdAt: ISO8601DateTime! updatedAt: ISO8601DateTime!
  user: User configDefinition: JSON
}
type BuildConnection { nodes: [Build] pageInfo: PageInfo! totalCount: Int! }
type Build {
  id: ID! number: Int! app: App! status: String! inProgress: Boolean! failed: Boolean! succeeded: Boolean! image: String logs: String!
  createdBy: User createdAt: ISO8601DateTime! updatedAt: ISO8601DateTime!
}
type Image {
  id: ID! ref: String! absoluteRef: String! registry: String! repository: String! tag: String digest: String! label: String!
  compressedSize: Int! compressedSizeFull: BigInt! config: JSON! configDigest: JSON! manifest: JSON! createdAt: ISO8601DateTime!
}
type ImageVersion { registry: String! repository: String! tag: String! digest: String! version: String }

type IPAddressConnection { nodes: [IPAddress] pageInfo: PageInfo! totalCount: Int! }
type IPAddress { id: ID! address: String! type: IPAddressType! region: String serviceName: String createdAt: ISO8601DateTime! network: Network }
type EgressIPAddressConnection { nodes: [EgressIPAddress] pageInfo: PageInfo! totalCount: Int! }
type EgressIPAddress { id: ID! ip: String! version: Int! region: String! updatedAt: ISO8601DateTime! }
type Network { id: ID! name: String! organization: Organization! }
type Secret { id: ID! name: String! digest: String! createdAt: ISO8601DateTime! user: User }

type AppCertificateConnection { nodes: [AppCertificate] pageInfo: PageInfo! totalCount: Int! }
type AppCertificate {
  id: ID! hostname: String! domain: String clientStatus: String! source: String certificateAuthority: String dnsProvider: String
  dnsValidationInstructions: String! dnsValidationHostname: String! dnsValidationTarget: String! check: Boolean! isApex: Boolean!
  isWildcard: Boolean! configured: Boolean! isConfigured: Boolean! acmeAlpnConfigured: Boolean! isAcmeAlpnConfigured: Boolean!
  acmeDnsConfigured: Boolean! isAcmeDnsConfigured: Boolean! isAcmeHttpConfigured: Boolean! rateLimitedUntil: ISO8601DateTime
  certificateRequestedAt: ISO8601DateTime createdAt: ISO8601DateTime
  issued(after: String, before: String, first: Int, last: Int, includeExpired: Boolean): CertificateConnection!
  validationErrors: [AppCertificateValidationError!]!
}
type CertificateConnection { nodes: [Certificate] pageInfo: PageInfo! totalCount: Int! }
type Certificate { id: ID! hostname: String! type: String! expiresAt: ISO8601DateTime! }
enum CertificateValidationErrorCodeEnum { DNS_NOT_CONFIGURED DNS_RECORD_MISMATCH }
type AppCertificateValidationError { errorCode: CertificateValidationErrorCodeEnum message: String! remediation: String timestamp: ISO8601DateTime! }
type HostnameCheck {
  id: ID! soa: String dnsProvider: String dnsVerificationRecord: String resolvedAddresses: [String!]! acmeDnsConfigured: Boolean!
  caaRecords: [String!]! aRecords: [String!]! aaaaRecords: [String!]! cnameRecords: [String!]! dnsConfigured: Boolean! isProxied: Boolean! errors: [String!]
}
`
