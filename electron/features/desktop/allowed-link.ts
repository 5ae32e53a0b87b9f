/** Fly.io's own hosts: dashboard, docs, metrics, status, and the default hostnames of apps. */
const FLY_DOMAINS = ['fly.io', 'fly.dev', 'fly-metrics.net']

/**
 * The link as it may leave the app: https on its usual port, without a login in it, on a host that belongs to Fly.io.
 * Undefined for any other. Written anew, so that no other program can read it in another way than we did.
 */
export function allowedLink(link: string, appDomain?: string): string | undefined {
  const url = URL.parse(link)
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.port !== '') return undefined
  const domains = appDomain ? [...FLY_DOMAINS, appDomain] : FLY_DOMAINS
  const ours = domains.some((domain) => url.hostname === domain || url.hostname.endsWith(`.${domain}`))
  return ours ? url.href : undefined
}
