import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, noContent, ok, type Route } from '../http/route.ts'
import type { App, Certificate } from '../world/types.ts'
import { certificateDetail, certificateSummary, dnsRecordsView } from './certificate-view.ts'
import {
  examine,
  removeCertificate,
  removeCustom,
  requestCertificate,
  stopAcme,
  uploadCertificate,
} from './certificates.ts'
import { readCustomCertificate } from './custom-certificate.ts'
import { appFor } from './find-app.ts'

const ListQuery = z.looseObject({
  filter: z.string().default(''),
  limit: z.coerce.number().int().min(1).max(500).default(25),
  cursor: z.coerce.number().int().nonnegative().default(0),
})

const appOf = ({ world, principal, params }: Call): App => appFor(world, principal, params.app ?? '')

function certificateFor(call: Call): [App, Certificate] {
  const app = appOf(call)
  const certificate = app.certificates.find(({ hostname }) => hostname === call.params.hostname?.toLowerCase())
  if (!certificate) throw new FlyError(404, 'certificate not found')
  return [app, certificate]
}

const detailFor = (call: Call) => certificateDetail(call.world, ...certificateFor(call))

function list(call: Call) {
  const app = appOf(call)
  const { filter, limit, cursor } = parse(ListQuery, call.query)
  const all = app.certificates.filter(({ hostname }) => hostname.includes(filter))
  return ok({
    certificates: all
      .slice(cursor, cursor + limit)
      .map((certificate) => certificateSummary(call.world, app, certificate)),
    next_cursor: cursor + limit < all.length ? String(cursor + limit) : '',
    total_count: all.length,
  })
}

function request(call: Call) {
  const app = appOf(call)
  const { hostname } = parse(z.looseObject({ hostname: z.string().toLowerCase() }), call.body)
  const certificate = requestCertificate(call.world, app, hostname)
  return { status: 201, body: certificateDetail(call.world, app, certificate) }
}

const Upload = z.looseObject({ hostname: z.string().toLowerCase(), fullchain: z.string(), private_key: z.string() })

function upload(call: Call) {
  const app = appOf(call)
  const { hostname, fullchain, private_key: privateKey } = parse(Upload, call.body)
  const custom = readCustomCertificate({ hostname, fullchain, privateKey, now: call.world.clock.now() })
  const certificate = uploadCertificate(call.world, app, { hostname, custom })
  return { status: 201, body: certificateDetail(call.world, app, certificate) }
}

function check(call: Call) {
  examine(call.world, ...certificateFor(call))
  return ok({ ...detailFor(call), dns_records: dnsRecordsView(call.world, call.params.hostname ?? '') })
}

function remove(call: Call) {
  const [app, certificate] = certificateFor(call)
  removeCertificate(call.world, app, certificate)
  return noContent
}

function removeAcme(call: Call) {
  stopAcme(call.world, certificateFor(call)[1])
  return ok(detailFor(call))
}

function removeUploaded(call: Call) {
  const [, certificate] = certificateFor(call)
  removeCustom(call.world, certificate)
  const warning = certificate.acmeRequested ? '' : `${certificate.hostname} has no certificate any more`
  return ok({ ...detailFor(call), warning })
}

const CERTIFICATES = '/v1/apps/:app/certificates'
const CERTIFICATE = `${CERTIFICATES}/:hostname`

export const certificateRoutes: Route[] = [
  { method: 'GET', path: CERTIFICATES, handle: list },
  { method: 'POST', path: `${CERTIFICATES}/acme`, handle: request },
  { method: 'POST', path: `${CERTIFICATES}/custom`, handle: upload },
  { method: 'GET', path: CERTIFICATE, handle: (call) => ok(detailFor(call)) },
  { method: 'POST', path: `${CERTIFICATE}/check`, handle: check },
  { method: 'DELETE', path: CERTIFICATE, handle: remove },
  { method: 'DELETE', path: `${CERTIFICATE}/acme`, handle: removeAcme },
  { method: 'DELETE', path: `${CERTIFICATE}/custom`, handle: removeUploaded },
]
