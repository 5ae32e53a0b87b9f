import { buildSchema } from 'graphql'
import { INPUTS } from './schema-inputs.ts'
import { TYPES } from './schema-types.ts'

const ROOTS = `
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
  nearestRegion(wireguardGateway: Boolean): Region!
  products: [Product!]!
  validateConfig(definition: JSON!): AppConfig!
  latestImageDetails(image: String!, flyVersion: String): ImageVersion
  canPerformBluegreenDeployment(name: String!): Boolean!
  addOns(first: Int, after: String, type: AddOnType): AddOnConnection!
}

type Mutation {
  createLimitedAccessToken(input: CreateLimitedAccessTokenInput!): CreateLimitedAccessTokenPayload
  deleteLimitedAccessToken(input: DeleteLimitedAccessTokenInput!): DeleteLimitedAccessTokenPayload
  setSecrets(input: SetSecretsInput!): SecretsPayload
  unsetSecrets(input: UnsetSecretsInput!): SecretsPayload
  allocateIpAddress(input: AllocateIPAddressInput!): AllocateIPAddressPayload
  releaseIpAddress(input: ReleaseIPAddressInput!): AppPayload
  addCertificate(appId: ID!, hostname: String!): AddCertificatePayload
  deleteCertificate(appId: ID!, hostname: String!): DeleteCertificatePayload
  allocateEgressIpAddress(input: AllocateEgressIPAddressInput!): EgressIPPayload
  releaseEgressIpAddress(input: ReleaseEgressIPAddressInput!): EgressIPPayload
  removeWireGuardPeer(input: RemoveWireGuardPeerInput!): OrganizationOnlyPayload
  createApp(input: CreateAppInput!): AppPayload
  deleteApp(appId: ID!): DeleteAppPayload
  logOut(input: LogOutInput!): LogOutPayload
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
`

export const schema = buildSchema(TYPES + INPUTS + ROOTS)
