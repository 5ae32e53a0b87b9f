import { requirementsOf, type Validation, validationOf } from '../apps/certificates.ts'
import type { App, Certificate } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { connection, iso, type PageArguments } from './page.ts'

/** Milliseconds a certificate of Let's Encrypt is good for. */
const GOOD_FOR = 90 * 24 * 3_600_000

/** An issued one comes in two kinds of key (Fly docs, custom domains). */
function issuedOf({ hostname, issuedAt }: Certificate) {
  if (issuedAt === undefined) return []
  const expiresAt = iso(issuedAt + GOOD_FOR)
  return ['ecdsa', 'rsa'].map((type) => ({ id: `cert_${hostname}_${type}`, hostname, type, expiresAt }))
}

/** What flyctl shows: everything stands still until DNS points here. */
const clientStatus = ({ status, custom }: Certificate) =>
  status === 'active' || custom
    ? 'Ready'
    : status === 'pending_validation'
      ? 'Awaiting certificates'
      : 'Awaiting configuration'

function problemsOf({ status, updatedAt, hostname }: Certificate, { ownership, dns, alpn, http }: Validation) {
  if (status === 'active' || ownership || dns || alpn || http) return []
  return [
    {
      errorCode: 'DNS_NOT_CONFIGURED',
      message: `No DNS record of ${hostname} points to this app`,
      remediation: 'Add the A and AAAA records, or the CNAME record, that the app asks for',
      timestamp: iso(updatedAt),
    },
  ]
}

/** A certificate as GraphQL words it: some facts are there twice, under an old and a new name. */
export function certificateNode(world: World, app: App, certificate: Certificate): Record<string, unknown> {
  const { hostname, status, createdAt } = certificate
  const wanted = requirementsOf(app, hostname)
  const proved = validationOf(world, app, hostname)
  const configured = status === 'active' || proved.dns || proved.alpn || proved.http
  const { name, target } = wanted.acme_challenge
  return {
    id: `cert_${app.id}_${hostname}`,
    hostname,
    domain: hostname.replace('*.', ''),
    clientStatus: clientStatus(certificate),
    source: certificate.custom ? 'custom' : 'fly',
    certificateAuthority: certificate.acmeRequested ? 'lets_encrypt' : null,
    dnsProvider: null,
    dnsValidationInstructions: `CNAME ${name} => ${target}.`,
    dnsValidationHostname: name,
    dnsValidationTarget: target,
    check: true,
    isApex: hostname.split('.').length === 2,
    isWildcard: hostname.startsWith('*.'),
    configured,
    isConfigured: configured,
    acmeAlpnConfigured: proved.alpn,
    isAcmeAlpnConfigured: proved.alpn,
    acmeDnsConfigured: proved.dns,
    isAcmeDnsConfigured: proved.dns,
    isAcmeHttpConfigured: proved.http,
    rateLimitedUntil: null,
    certificateRequestedAt: certificate.acmeRequested ? iso(createdAt) : null,
    createdAt: iso(createdAt),
    issued: (page: PageArguments) => connection(issuedOf(certificate), page, (issued) => issued),
    validationErrors: problemsOf(certificate, proved),
  }
}

/** What a look at the name servers of this world finds. */
export function hostnameCheck(world: World, app: App, hostname: string) {
  const { a, aaaa, cname, acmeChallengeCname } = world.dns.of(hostname)
  const { dns, alpn, http } = validationOf(world, app, hostname)
  return {
    id: `check_${app.id}_${hostname}`,
    soa: null,
    dnsProvider: null,
    dnsVerificationRecord: acmeChallengeCname === '' ? null : acmeChallengeCname,
    resolvedAddresses: [...a, ...aaaa],
    acmeDnsConfigured: dns,
    caaRecords: [],
    aRecords: a,
    aaaaRecords: aaaa,
    cnameRecords: cname,
    dnsConfigured: alpn || http || dns,
    isProxied: false,
    errors: [],
  }
}
