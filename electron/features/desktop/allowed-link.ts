import type { FlyEndpoints } from '#electron/fly/client.ts'

/** Fly.io's own hosts: dashboard, docs, metrics, status, and the default hostnames of apps. */
const FLY_DOMAINS = ['fly.io', 'fly.dev', 'fly-metrics.net']
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

type Apps = Pick<FlyEndpoints, 'appDomain' | 'appUrl'>

/**
 * The link as it may leave the app: a page of Fly.io or of an app, without a login in it. Undefined for any other.
 * Written anew, so that no other program can read it in another way than we did.
 */
export function allowedLink(link: string, apps?: Apps): string | undefined {
  const url = URL.parse(link)
  if (url?.username !== '' || url.password !== '') return undefined
  return isFlyPage(url, apps) || isAppOnThisComputer(url, apps) ? url.href : undefined
}

/** https on its usual port, on a host that belongs to Fly.io. */
function isFlyPage({ protocol, port, hostname }: URL, apps: Apps | undefined): boolean {
  if (protocol !== 'https:' || port !== '') return false
  const domains = apps?.appDomain ? [...FLY_DOMAINS, apps.appDomain] : FLY_DOMAINS
  return domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`))
}

/** The demo serves its apps from a port of this computer. No other port, and none of another computer. */
function isAppOnThisComputer({ origin }: URL, apps: Apps | undefined): boolean {
  const served = apps && URL.parse(apps.appUrl('x'))
  return served?.protocol === 'http:' && LOOPBACK.includes(served.hostname) && served.origin === origin
}
