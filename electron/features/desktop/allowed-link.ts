/** Fly.io's own hosts: dashboard, docs, metrics, status, and the default hostnames of apps. */
const FLY_DOMAINS = ['fly.io', 'fly.dev', 'fly-metrics.net']

/** Whether a link may leave the app: https on its usual port, without a login in it, on a host that belongs to Fly.io. */
export function isAllowedLink(link: string, appDomain?: string): boolean {
  const url = URL.parse(link)
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.port !== '') return false
  const domains = appDomain ? [...FLY_DOMAINS, appDomain] : FLY_DOMAINS
  return domains.some((domain) => url.hostname === domain || url.hostname.endsWith(`.${domain}`))
}
