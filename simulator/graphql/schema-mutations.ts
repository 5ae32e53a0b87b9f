/** What can be changed: what goes in, and what comes back. */
export const MUTATIONS = `
type Mutations {
  createApp(input: CreateAppInput!): CreateAppPayload
  deleteApp(appId: ID!): DeleteAppPayload
  moveApp(input: MoveAppInput!): MoveAppPayload
  lockApp(input: LockAppInput!): LockAppPayload
  unlockApp(input: UnlockAppInput!): UnlockAppPayload
  setSecrets(input: SetSecretsInput!): SetSecretsPayload
  unsetSecrets(input: UnsetSecretsInput!): UnsetSecretsPayload
  allocateIpAddress(input: AllocateIPAddressInput!): AllocateIPAddressPayload
  releaseIpAddress(input: ReleaseIPAddressInput!): ReleaseIPAddressPayload
  allocateEgressIpAddress(input: AllocateEgressIPAddressInput!): AllocateEgressIPAddressPayload
  releaseEgressIpAddress(input: ReleaseEgressIPAddressInput!): ReleaseEgressIPAddressPayload
  addCertificate(appId: ID!, hostname: String!): AddCertificatePayload
  checkCertificate(input: CheckCertificateInput!): CheckCertificatePayload
  deleteCertificate(appId: ID!, hostname: String!): DeleteCertificatePayload
  createVolumeSnapshot(input: CreateVolumeSnapshotInput!): CreateVolumeSnapshotPayload

  createBuild(input: CreateBuildInput!): CreateBuildPayload
  finishBuild(input: FinishBuildInput!): FinishBuildPayload
  ensureMachineRemoteBuilder(input: EnsureMachineRemoteBuilderInput!): EnsureMachineRemoteBuilderPayload
  ensureDepotRemoteBuilder(input: EnsureDepotRemoteBuilderInput!): EnsureDepotRemoteBuilderPayload
  createRelease(input: CreateReleaseInput!): CreateReleasePayload
  updateRelease(input: UpdateReleaseInput!): UpdateReleasePayload

  createOrganization(input: CreateOrganizationInput!): CreateOrganizationPayload
  deleteOrganization(input: DeleteOrganizationInput!): DeleteOrganizationPayload
  createOrganizationInvitation(input: CreateOrganizationInvitationInput!): CreateOrganizationInvitationPayload
  deleteOrganizationInvitation(input: DeleteOrganizationInvitationInput!): DeleteOrganizationInvitationPayload
  deleteOrganizationMembership(input: DeleteOrganizationMembershipInput!): DeleteOrganizationMembershipPayload
  setAllowAllCrossNetworkReplays(input: SetAllowAllCrossNetworkReplaysInput!): SetAllowAllCrossNetworkReplaysPayload
  addAllowedReplaySourceOrgs(input: AddAllowedReplaySourceOrgsInput!): AddAllowedReplaySourceOrgsPayload
  removeAllowedReplaySourceOrgs(input: RemoveAllowedReplaySourceOrgsInput!): RemoveAllowedReplaySourceOrgsPayload

  createLimitedAccessToken(input: CreateLimitedAccessTokenInput!): CreateLimitedAccessTokenPayload
  deleteLimitedAccessToken(input: DeleteLimitedAccessTokenInput!): DeleteLimitedAccessTokenPayload
  logOut(input: LogOutInput!): LogOutPayload
  issueCertificate(input: IssueCertificateInput!): IssueCertificatePayload
  addWireGuardPeer(input: AddWireGuardPeerInput!): AddWireGuardPeerPayload
  removeWireGuardPeer(input: RemoveWireGuardPeerInput!): RemoveWireGuardPeerPayload
  validateWireGuardPeers(input: ValidateWireGuardPeersInput!): ValidateWireGuardPeersPayload
  createDelegatedWireGuardToken(input: CreateDelegatedWireGuardTokenInput!): CreateDelegatedWireGuardTokenPayload
  deleteDelegatedWireGuardToken(input: DeleteDelegatedWireGuardTokenInput!): DeleteDelegatedWireGuardTokenPayload
}

input CreateAppInput {
  clientMutationId: String organizationId: ID! name: String network: String appRoleId: String preferredRegion: String
  machines: Boolean heroku: Boolean enableSubdomains: Boolean runtime: RuntimeType
}
type CreateAppPayload { clientMutationId: String app: App! }
type DeleteAppPayload { organization: Organization! }
input MoveAppInput { clientMutationId: String appId: ID! organizationId: ID! }
type MoveAppPayload { clientMutationId: String app: App! }
input LockAppInput { clientMutationId: String appId: ID! }
type LockAppPayload { clientMutationId: String lockId: ID expiration: ISO8601DateTime }
input UnlockAppInput { clientMutationId: String appId: ID! lockId: ID! }
type UnlockAppPayload { clientMutationId: String app: App! }
input SecretInput { key: String! value: String! }
input SetSecretsInput { clientMutationId: String appId: ID! secrets: [SecretInput!]! replaceAll: Boolean }
type SetSecretsPayload { clientMutationId: String app: App! release: Release }
input UnsetSecretsInput { clientMutationId: String appId: ID! keys: [String!]! }
type UnsetSecretsPayload { clientMutationId: String app: App! release: Release }
input AllocateIPAddressInput {
  clientMutationId: String appId: ID! type: IPAddressType! region: String network: String organizationId: ID serviceName: String
}
type AllocateIPAddressPayload { clientMutationId: String ipAddress: IPAddress app: App! }
input ReleaseIPAddressInput { clientMutationId: String appId: ID ip: String ipAddressId: ID serviceName: String }
type ReleaseIPAddressPayload { clientMutationId: String app: App! }
input AllocateEgressIPAddressInput { clientMutationId: String appId: ID! machineId: ID region: String }
type AllocateEgressIPAddressPayload { clientMutationId: String v4: String! v6: String! }
input ReleaseEgressIPAddressInput { clientMutationId: String appId: ID! machineId: ID ip: String }
type ReleaseEgressIPAddressPayload { clientMutationId: String v4: String v6: String }
type AddCertificatePayload { certificate: AppCertificate check: HostnameCheck errors: [String!] }
input CheckCertificateInput { clientMutationId: String appId: ID! hostname: String! }
type CheckCertificatePayload { clientMutationId: String app: App certificate: AppCertificate check: HostnameCheck }
type DeleteCertificatePayload { app: App certificate: AppCertificate }
input CreateVolumeSnapshotInput { clientMutationId: String volumeId: ID! }
type CreateVolumeSnapshotPayload { clientMutationId: String volume: Volume! }

input BuildImageOptsInput {
  buildArgs: JSON buildPacks: [String!] builder: String builtIn: String builtInSettings: JSON dockerfilePath: String
  extraBuildArgs: JSON imageLabel: String imageRef: String noCache: Boolean publish: Boolean tag: String target: String
}
input CreateBuildInput {
  clientMutationId: String appName: ID! builderType: String! strategiesAvailable: [String!]! machineId: ID imageOpts: BuildImageOptsInput
}
type CreateBuildPayload { clientMutationId: String id: ID! status: String! }
input BuildStrategyAttemptInput { strategy: String! result: String! error: String note: String }
input BuilderMetaInput {
  builderType: String! buildkitEnabled: Boolean dockerVersion: String platform: String remoteAppName: ID remoteMachineId: ID
}
input BuildFinalImageInput { id: String! tag: String! sizeBytes: BigInt! }
input BuildTimingsInput {
  buildAndPushMs: BigInt buildMs: BigInt builderInitMs: BigInt contextBuildMs: BigInt imageBuildMs: BigInt pushMs: BigInt
}
input FinishBuildInput {
  clientMutationId: String buildId: ID! appName: ID! status: String! machineId: ID strategiesAttempted: [BuildStrategyAttemptInput!]
  builderMeta: BuilderMetaInput finalImage: BuildFinalImageInput timings: BuildTimingsInput logs: String
}
type FinishBuildPayload { clientMutationId: String id: ID! status: String! wallclockTimeMs: Int! }
input EnsureMachineRemoteBuilderInput { clientMutationId: String appName: String organizationId: ID region: String v2: Boolean }
type EnsureMachineRemoteBuilderPayload { clientMutationId: String app: App! machine: Machine! }
input EnsureDepotRemoteBuilderInput { clientMutationId: String appName: String organizationId: ID region: String builderScope: String }
type EnsureDepotRemoteBuilderPayload { clientMutationId: String buildId: String! buildToken: String! }
input CreateReleaseInput {
  clientMutationId: String appId: ID! buildId: ID definition: JSON! image: String! platformVersion: String! strategy: DeploymentStrategy!
}
type CreateReleasePayload { clientMutationId: String app: App! release: Release }
input UpdateReleaseInput { clientMutationId: String releaseId: ID! status: String metadata: JSON }
type UpdateReleasePayload { clientMutationId: String release: Release! }

input CreateOrganizationInput { clientMutationId: String name: String! appsV2DefaultOn: Boolean billingParentOrganizationId: ID }
type CreateOrganizationPayload { clientMutationId: String organization: Organization! }
input DeleteOrganizationInput { clientMutationId: String organizationId: ID! }
type DeleteOrganizationPayload { clientMutationId: String deletedOrganizationId: ID! }
input CreateOrganizationInvitationInput { clientMutationId: String organizationId: ID! email: String! }
type CreateOrganizationInvitationPayload { clientMutationId: String invitation: OrganizationInvitation! }
input DeleteOrganizationInvitationInput { clientMutationId: String invitationId: ID! }
type DeleteOrganizationInvitationPayload { clientMutationId: String organization: Organization! }
input DeleteOrganizationMembershipInput { clientMutationId: String organizationId: ID! userId: ID! }
type DeleteOrganizationMembershipPayload { clientMutationId: String organization: Organization! user: User! }
input SetAllowAllCrossNetworkReplaysInput { clientMutationId: String organizationSlug: String! allow: Boolean! }
type SetAllowAllCrossNetworkReplaysPayload { clientMutationId: String organization: Organization! }
input AddAllowedReplaySourceOrgsInput { clientMutationId: String organizationSlug: String! allowedOrgSlugs: [String!]! }
type AddAllowedReplaySourceOrgsPayload { clientMutationId: String organization: Organization! }
input RemoveAllowedReplaySourceOrgsInput { clientMutationId: String organizationSlug: String! orgSlugsToRemove: [String!]! }
type RemoveAllowedReplaySourceOrgsPayload { clientMutationId: String organization: Organization! }

input CreateLimitedAccessTokenInput {
  clientMutationId: String name: String! organizationId: ID! profile: String! profileParams: JSON expiry: String
  optInThirdParties: [String!] optOutThirdParties: [String!]
}
type CreateLimitedAccessTokenPayload { clientMutationId: String limitedAccessToken: LimitedAccessToken! }
input DeleteLimitedAccessTokenInput { clientMutationId: String id: ID token: String revokedBy: String }
type DeleteLimitedAccessTokenPayload { clientMutationId: String token: String }
input LogOutInput { clientMutationId: String }
type LogOutPayload { clientMutationId: String ok: Boolean! }
input IssueCertificateInput {
  clientMutationId: String organizationId: ID! appNames: [String!] principals: [String!] publicKey: String validHours: Int
  email: String username: String
}
type IssueCertificatePayload { clientMutationId: String certificate: String! key: String }
input AddWireGuardPeerInput {
  clientMutationId: String organizationId: ID! name: String! pubkey: String! region: String network: String nats: Boolean
  ephemeral: Boolean gwname: String
}
type AddWireGuardPeerPayload { clientMutationId: String peerip: String! endpointip: String! pubkey: String! network: String }
input RemoveWireGuardPeerInput { clientMutationId: String organizationId: ID! name: String! nats: Boolean }
type RemoveWireGuardPeerPayload { clientMutationId: String organization: Organization! }
input ValidateWireGuardPeersInput { clientMutationId: String peerIps: [String!]! }
type ValidateWireGuardPeersPayload { clientMutationId: String validPeerIps: [String!]! invalidPeerIps: [String!]! }
input CreateDelegatedWireGuardTokenInput { clientMutationId: String organizationId: ID! name: String }
type CreateDelegatedWireGuardTokenPayload { clientMutationId: String token: String! }
input DeleteDelegatedWireGuardTokenInput { clientMutationId: String organizationId: ID! token: String name: String }
type DeleteDelegatedWireGuardTokenPayload { clientMutationId: String token: String! }
`
