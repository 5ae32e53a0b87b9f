import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, noContent, ok, type Route } from '../http/route.ts'
import type { App, Certificate } from '../world/types.ts'
import { appFor } from './find-app.ts'

const Hostname = z.string().regex(/^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/i, 'not a hostname')
const ListQuery = z.looseObject({
  filter: z.string().default(''),
  limit: z.coerce.number().int().min(1).max(500).default(25),
  cursor: z.coerce.number().int().nonnegative().default(0),
})

const appOf = ({ world, principal, params }: Call): App => appFor(world, principal, params.app ?? '')

/** Nothing here ever talks to a name server: a certificate waits for ownership for ever. */
const summary = ({ hostname, createdAt }: Certificate) => ({
  hostname,
  configured: false,
  status: 'pending_ownership',
  dns_provider: '',
  acme_requested: true,
  acme_alpn_configured: false,
  acme_dns_configured: false,
  acme_http_configured: false,
  ownership_txt_configured: false,
  has_custom_certificate: false,
  has_fly_certificate: true,
  created_at: new Date(createdAt).toISOString(),
  updated_at: new Date(createdAt).toISOString(),
})

const detail = (app: App, { hostname, createdAt }: Certificate) => ({
  hostname,
  configured: false,
  acme_requested: true,
  status: 'pending_ownership',
  dns_provider: '',
  rate_limited_until: null,
  certificates: [
    {
      source: 'fly',
      status: 'pending_ownership',
      created_at: new Date(createdAt).toISOString(),
      expires_at: null,
      issued: [],
    },
  ],
  validation: {
    dns_configured: false,
    alpn_configured: false,
    http_configured: false,
    ownership_txt_configured: false,
  },
  dns_requirements: {
    a: app.ips.filter(({ type }) => type.endsWith('v4')).map(({ ip }) => ip),
    aaaa: app.ips.filter(({ type }) => type === 'v6').map(({ ip }) => ip),
    cname: `${app.name}.fly.dev`,
    acme_challenge: { name: `_acme-challenge.${hostname}`, target: `${hostname}.${app.id}.flydns.net` },
    ownership: { name: `_fly-ownership.${hostname}`, app_value: `app-${app.id}`, org_value: `org-${app.org}` },
  },
  validation_errors: [],
})

function certificateFor(call: Call): [App, Certificate] {
  const app = appOf(call)
  const certificate = app.certificates.find(({ hostname }) => hostname === call.params.hostname)
  if (!certificate) throw new FlyError(404, 'certificate not found')
  return [app, certificate]
}

function list(call: Call) {
  const { filter, limit, cursor } = parse(ListQuery, call.query)
  const all = appOf(call).certificates.filter(({ hostname }) => hostname.includes(filter))
  const next = cursor + limit < all.length ? String(cursor + limit) : ''
  return ok({
    certificates: all.slice(cursor, cursor + limit).map(summary),
    next_cursor: next,
    total_count: all.length,
  })
}

function request(call: Call) {
  const app = appOf(call)
  const { hostname } = parse(z.looseObject({ hostname: z.string() }), call.body)
  if (!Hostname.safeParse(hostname).success) throw new FlyError(422, `${hostname} is not a hostname`)
  if (app.certificates.some((known) => known.hostname === hostname)) {
    throw new FlyError(422, `a certificate for ${hostname} exists already`)
  }
  const certificate = { hostname, status: 'Awaiting configuration', createdAt: call.world.clock.now() }
  app.certificates.push(certificate)
  return { status: 201, body: detail(app, certificate) }
}

function remove(call: Call) {
  const [app, certificate] = certificateFor(call)
  app.certificates.splice(app.certificates.indexOf(certificate), 1)
  return noContent
}

function check(call: Call) {
  const dnsRecords = {
    a: [],
    aaaa: [],
    cname: [],
    resolved_addresses: [],
    soa: '',
    acme_challenge_cname: '',
    ownership_txt: '',
  }
  return ok({ ...detail(...certificateFor(call)), dns_records: dnsRecords })
}

const CERTIFICATES = '/v1/apps/:app/certificates'

export const certificateRoutes: Route[] = [
  { method: 'GET', path: CERTIFICATES, handle: list },
  { method: 'POST', path: `${CERTIFICATES}/acme`, handle: request },
  { method: 'GET', path: `${CERTIFICATES}/:hostname`, handle: (call) => ok(detail(...certificateFor(call))) },
  { method: 'POST', path: `${CERTIFICATES}/:hostname/check`, handle: check },
  { method: 'DELETE', path: `${CERTIFICATES}/:hostname`, handle: remove },
]
