import type { App, Certificate } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { customStatus, requirementsOf, validationOf } from './certificates.ts'

const iso = (time: number) => new Date(time).toISOString()

/** Milliseconds a certificate of Let's Encrypt is good for: 90 days. */
const VALID = 90 * 24 * 3_600_000

/** Fly's own entry: an RSA and an ECDSA certificate once it is active. */
function flyEntry({ status, createdAt, issuedAt }: Certificate) {
  const expires = issuedAt === undefined ? {} : { expires_at: iso(issuedAt + VALID) }
  return {
    source: 'fly',
    status,
    created_at: iso(createdAt),
    ...expires,
    issuer: null,
    issued:
      issuedAt === undefined
        ? []
        : ['rsa', 'ecdsa'].map((type) => ({ type, ...expires, certificate_authority: 'lets_encrypt' })),
  }
}

function customEntry(world: World, app: App, certificate: Certificate) {
  const { custom } = certificate
  if (!custom) return []
  return [
    {
      source: 'custom',
      status: customStatus(world, app, certificate),
      created_at: iso(custom.createdAt),
      expires_at: iso(custom.expiresAt),
      issuer: custom.issuer,
      issued: [],
    },
  ]
}

const entriesOf = (world: World, app: App, certificate: Certificate) => [
  ...customEntry(world, app, certificate),
  ...(certificate.acmeRequested ? [flyEntry(certificate)] : []),
]

/** The best of its entries: a hostname is active as soon as one certificate of it works. */
function statusOf(world: World, app: App, certificate: Certificate): string {
  const statuses = entriesOf(world, app, certificate).map(({ status }) => status)
  return statuses.find((status) => status === 'active') ?? statuses[0] ?? 'pending_ownership'
}

function validationErrors(world: World, app: App, { hostname }: Certificate) {
  const { ownership } = validationOf(world, app, hostname)
  const { aaaa, cname, ownershipTxt } = world.dns.of(hostname)
  if (ownership || (aaaa.length === 0 && cname.length === 0 && ownershipTxt === '')) return []
  return [
    {
      code: 'ownership_mismatch',
      message: `The DNS records of ${hostname} do not point to this app.`,
      remediation: 'Set the records named in dns_requirements, then check again.',
      timestamp: iso(world.clock.now()),
    },
  ]
}

export function certificateDetail(world: World, app: App, certificate: Certificate) {
  const { hostname, acmeRequested } = certificate
  const { dns, alpn, http, ownership } = validationOf(world, app, hostname)
  const status = statusOf(world, app, certificate)
  return {
    hostname,
    configured: status === 'active' && (alpn || http || dns),
    acme_requested: acmeRequested,
    status,
    dns_provider: '',
    rate_limited_until: null,
    certificates: entriesOf(world, app, certificate),
    validation: {
      dns_configured: dns,
      alpn_configured: alpn,
      http_configured: http,
      ownership_txt_configured: ownership,
    },
    dns_requirements: requirementsOf(app, hostname),
    validation_errors: validationErrors(world, app, certificate),
  }
}

export function certificateSummary(world: World, app: App, certificate: Certificate) {
  const { configured, validation, dns_provider, status } = certificateDetail(world, app, certificate)
  return {
    hostname: certificate.hostname,
    configured,
    status,
    dns_provider,
    acme_requested: certificate.acmeRequested,
    acme_alpn_configured: validation.alpn_configured,
    acme_dns_configured: validation.dns_configured,
    acme_http_configured: validation.http_configured,
    ownership_txt_configured: validation.ownership_txt_configured,
    has_custom_certificate: certificate.custom !== undefined,
    has_fly_certificate: certificate.acmeRequested,
    created_at: iso(certificate.createdAt),
    updated_at: iso(certificate.updatedAt),
  }
}

/** What a look at the name servers found. */
export function dnsRecordsView(world: World, hostname: string) {
  const { a, aaaa, cname, acmeChallengeCname, ownershipTxt } = world.dns.of(hostname)
  return {
    a,
    aaaa,
    cname,
    resolved_addresses: [...a, ...aaaa],
    soa: '',
    acme_challenge_cname: acmeChallengeCname,
    ownership_txt: ownershipTxt,
  }
}
