import { zeroOrganization } from './organization.ts'

/** Go's zero of a time. */
export const NEVER = '0001-01-01T00:00:00Z'

const NONE = { Nodes: null }
const NO_IMAGE = { Registry: '', Repository: '', Tag: '', Version: '', Digest: '' }
const NO_CERTIFICATE = {
  ...{ ID: '', AcmeDNSConfigured: false, AcmeALPNConfigured: false, Configured: false, CertificateAuthority: '' },
  ...{ CreatedAt: NEVER, DNSProvider: '', DNSValidationInstructions: '', DNSValidationHostname: '' },
  ...{ DNSValidationTarget: '', Hostname: '', Source: '', ClientStatus: '', IsApex: false, IsWildcard: false },
  ...{ ValidationErrors: null, Issued: NONE },
}

const ZERO = {
  ...{ ID: '', InternalNumericID: 0, Name: '', State: '', Status: '', Deployed: false, Hostname: '', AppURL: '' },
  ...{ Version: 0, NetworkID: 0, Network: '', Release: null, Organization: zeroOrganization, Secrets: null },
  ...{ CurrentRelease: null, Releases: NONE, IPAddresses: NONE, EgressIpAddresses: NONE, SharedIPAddress: '' },
  ...{ CNAMETarget: '', IPAddress: null, Certificates: NONE, Certificate: NO_CERTIFICATE, PostgresAppRole: null },
  ...{ Image: null, ImageUpgradeAvailable: false, ImageVersionTrackingEnabled: false, ImageDetails: NO_IMAGE },
  ...{ LatestImageDetails: NO_IMAGE, PlatformVersion: '', Machines: NONE, CurrentLock: null },
}

/** An app as flyctl prints it: every member it knows, empty where nothing was asked. */
export const appJson = (known: Readonly<Record<string, unknown>>): Record<string, unknown> => ({ ...ZERO, ...known })

const NOBODY = { ID: '', Name: '', Email: '', EnablePaidHobby: false }

/** The same for a release. */
export const releaseJson = (known: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  ...{ ID: '', Version: 0, Stable: false, InProgress: false, Reason: '', Description: '', Status: '' },
  ...{ DeploymentStrategy: '', Metadata: null, User: NOBODY, EvaluationID: '', CreatedAt: NEVER, ImageRef: '' },
  ...known,
})
