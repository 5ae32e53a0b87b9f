import { z } from 'zod'
import { parse } from '../http/parse.ts'
import { type Call, noContent, type Route } from '../http/route.ts'
import { examineLater } from './certificates.ts'
import { Hostname } from './hostname.ts'

const Records = z.object({
  hostname: Hostname.toLowerCase(),
  a: z.array(z.ipv4()).default([]),
  aaaa: z.array(z.ipv6()).default([]),
  cname: z.array(z.string()).default([]),
  acme_challenge_cname: z.string().default(''),
  ownership_txt: z.string().default(''),
})

/** Stands in for whoever keeps the name servers: replaces the records of a hostname. */
function setRecords({ world, body }: Call) {
  const { hostname, a, aaaa, cname, acme_challenge_cname, ownership_txt } = parse(Records, body)
  world.dns.set(hostname, { a, aaaa, cname, acmeChallengeCname: acme_challenge_cname, ownershipTxt: ownership_txt })
  world.effects.add({ kind: 'dns', id: hostname, change: 'set' })
  for (const app of world.apps.values()) {
    const certificate = app.certificates.find((known) => known.hostname === hostname)
    if (certificate) examineLater(world, app, certificate)
  }
  return noContent
}

export const dnsRoutes: Route[] = [{ method: 'POST', path: '/_sim/dns', handle: setRecords, unlimited: true }]
