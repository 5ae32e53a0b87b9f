/** What goes into mutations and comes back from them. */
export const INPUTS = `
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

input AllocateEgressIPAddressInput { clientMutationId: String appId: ID! machineId: ID region: String }
input ReleaseEgressIPAddressInput { clientMutationId: String appId: ID! machineId: ID ip: String }
input RemoveWireGuardPeerInput { clientMutationId: String organizationId: ID! name: String! nats: Boolean }
input CreateAppInput {
  clientMutationId: String organizationId: ID! name: String network: String appRoleId: String preferredRegion: String
  machines: Boolean heroku: Boolean enableSubdomains: Boolean
}
input LogOutInput { clientMutationId: String }
type CreateLimitedAccessTokenPayload { limitedAccessToken: LimitedAccessToken! }
type DeleteLimitedAccessTokenPayload { token: String }
type SecretsPayload { app: App release: Release }
type AllocateIPAddressPayload { ipAddress: IPAddress app: App! }
type AppPayload { clientMutationId: String app: App }
type DeleteAppPayload { organization: Organization! }
type DeleteCertificatePayload { app: App certificate: Certificate }
type EgressIPPayload { clientMutationId: String v4: String v6: String }
type OrganizationOnlyPayload { organization: Organization }
type LogOutPayload { ok: Boolean! }
type AddCertificatePayload { certificate: Certificate check: CertificateCheck errors: [String!] }
type CertificateCheck { id: ID! soa: String dnsProvider: String dnsVerificationRecord: String resolvedAddresses: [String!]! acmeDnsConfigured: Boolean!
  caaRecords: [String!]! aRecords: [String!]! aaaaRecords: [String!]! cnameRecords: [String!]! dnsConfigured: Boolean! }
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
