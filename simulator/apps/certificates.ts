import { FlyError } from '../http/fly-error.ts'
import { scaledDelay } from '../world/delay.ts'
import type { App, Certificate } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { CustomCertificate } from './custom-certificate.ts'
import { Hostname, isWildcard } from './hostname.ts'

/** The records an owner has to set, as `dns_requirements` tells them. */
export const requirementsOf = (app: App, hostname: string) => ({
  a: app.ips.filter(({ type }) => type === 'v4' || type === 'shared_v4').map(({ ip }) => ip),
  aaaa: app.ips.filter(({ type }) => type === 'v6').map(({ ip }) => ip),
  cname: `${app.name}.fly.dev`,
  acme_challenge: {
    name: `_acme-challenge.${hostname.replace('*.', '')}`,
    target: `${hostname.replace('*.', '')}.${app.id}.flydns.net`,
  },
  ownership: {
    name: `_fly-ownership.${hostname.replace('*.', '')}`,
    app_value: `app-${app.id}`,
    org_value: `org-${app.org}`,
  },
})

export interface Validation {
  dns: boolean
  alpn: boolean
  http: boolean
  ownership: boolean
}

/** What the records prove. A TXT record shows ownership, and an AAAA record too unless it is a wildcard (flyctl). */
export function validationOf(world: World, app: App, hostname: string): Validation {
  const records = world.dns.of(hostname)
  const wanted = requirementsOf(app, hostname)
  const points =
    wanted.aaaa.some((ip) => records.aaaa.includes(ip)) ||
    records.cname.some((name) => name === wanted.cname || name === `${app.id}.${wanted.cname}`)
  const reached = points || wanted.a.some((ip) => records.a.includes(ip))
  const named = [wanted.ownership.app_value, wanted.ownership.org_value].includes(records.ownershipTxt)
  return {
    dns: records.acmeChallengeCname === wanted.acme_challenge.target,
    alpn: points && !isWildcard(hostname),
    http: reached && !isWildcard(hostname),
    ownership: named || (points && !isWildcard(hostname)),
  }
}

function touch(world: World, certificate: Certificate, change: string): void {
  certificate.updatedAt = world.clock.now()
  world.effects.add({ kind: 'certificate', id: certificate.hostname, change })
}

export type CertificateStatus = Certificate['status']

/** The uploaded certificate works as soon as the hostname is known to be the owner's. */
export const customStatus = (world: World, app: App, { hostname }: Certificate): CertificateStatus =>
  validationOf(world, app, hostname).ownership ? 'active' : 'pending_ownership'

/** Milliseconds an authority takes to issue, and Fly takes to look at records that changed. */
const ISSUING = { from: 2_000, to: 6_000 }
const LOOKING = { from: 1_000, to: 4_000 }

/** Goes as far as the records allow: pending_ownership → pending_validation → active. */
export function examine(world: World, app: App, certificate: Certificate): void {
  const { dns, alpn, http, ownership } = validationOf(world, app, certificate.hostname)
  if (!certificate.acmeRequested || !ownership) return
  if (certificate.status === 'pending_ownership') {
    certificate.status = 'pending_validation'
    touch(world, certificate, 'validating')
  }
  if (certificate.status === 'pending_validation' && (dns || alpn || http)) {
    world.schedule.after(scaledDelay(world, ISSUING), () => issue(world, certificate))
  }
}

function issue(world: World, certificate: Certificate): void {
  if (!certificate.acmeRequested || certificate.status === 'active') return
  certificate.status = 'active'
  certificate.issuedAt = world.clock.now()
  touch(world, certificate, 'issued')
}

export function examineLater(world: World, app: App, certificate: Certificate): void {
  world.schedule.after(scaledDelay(world, LOOKING), () => examine(world, app, certificate))
}

/** The app's entry for a hostname, made when there is none. 422 for what is no hostname. */
function entryFor(world: World, app: App, hostname: string): Certificate {
  if (!Hostname.safeParse(hostname).success) throw new FlyError(422, `${hostname} is not a hostname`)
  const known = app.certificates.find((certificate) => certificate.hostname === hostname)
  if (known) return known
  const now = world.clock.now()
  const made: Certificate = {
    hostname,
    acmeRequested: false,
    status: 'pending_ownership',
    createdAt: now,
    updatedAt: now,
  }
  app.certificates.push(made)
  return made
}

/** Asks for a certificate of Fly's own. 422 when one is asked for already. */
export function requestCertificate(world: World, app: App, hostname: string): Certificate {
  const certificate = entryFor(world, app, hostname)
  if (certificate.acmeRequested) throw new FlyError(422, `a certificate for ${hostname} exists already`)
  certificate.acmeRequested = true
  touch(world, certificate, 'requested')
  examineLater(world, app, certificate)
  return certificate
}

/** Takes an uploaded certificate; a newer one replaces an older one. */
export function uploadCertificate(
  world: World,
  app: App,
  { hostname, custom }: { hostname: string; custom: CustomCertificate },
): Certificate {
  const certificate = entryFor(world, app, hostname)
  certificate.custom = custom
  touch(world, certificate, 'uploaded')
  return certificate
}

export function stopAcme(world: World, certificate: Certificate): void {
  if (!certificate.acmeRequested) throw new FlyError(404, 'no ACME certificate was requested for this hostname')
  certificate.acmeRequested = false
  certificate.status = 'pending_ownership'
  delete certificate.issuedAt
  touch(world, certificate, 'acme removed')
}

export function removeCustom(world: World, certificate: Certificate): void {
  if (!certificate.custom) throw new FlyError(404, 'there is no custom certificate for this hostname')
  delete certificate.custom
  touch(world, certificate, 'custom removed')
}

/** Both kinds of a hostname go. */
export function removeCertificate(world: World, app: App, certificate: Certificate): void {
  app.certificates = app.certificates.filter((candidate) => candidate !== certificate)
  touch(world, certificate, 'removed')
}
