import type { Certificate } from '../world/types.ts'
import { iso } from './page.ts'

/** A certificate as GraphQL words it: some facts are there twice, under an old and a new name. */
export const certificateNode = ({ hostname, status, createdAt }: Certificate) => ({
  id: `cert_${hostname}`,
  hostname,
  clientStatus: status === 'active' ? 'Ready' : 'Awaiting configuration',
  source: 'fly',
  certificateAuthority: 'lets_encrypt',
  dnsProvider: null,
  dnsValidationInstructions: `CNAME _acme-challenge.${hostname} => ${hostname}.flydns.net`,
  check: true,
  isApex: hostname.split('.').length === 2,
  configured: status === 'active',
  acmeAlpnConfigured: false,
  acmeDnsConfigured: false,
  isConfigured: status === 'active',
  isWildcard: hostname.startsWith('*.'),
  isAcmeAlpnConfigured: false,
  isAcmeDnsConfigured: false,
  isAcmeHttpConfigured: false,
  dnsValidationHostname: `_acme-challenge.${hostname}`,
  dnsValidationTarget: `${hostname}.flydns.net`,
  rateLimitedUntil: null,
  createdAt: iso(createdAt),
  issued: { nodes: [] },
  validationErrors: [],
})

/** What a look at DNS finds here: nothing, since no name server is ever asked. */
export const hostnameCheck = (hostname: string) => ({
  id: `check_${hostname}`,
  soa: null,
  dnsProvider: null,
  dnsVerificationRecord: null,
  resolvedAddresses: [],
  acmeDnsConfigured: false,
  caaRecords: [],
  aRecords: [],
  aaaaRecords: [],
  cnameRecords: [],
  dnsConfigured: false,
})
