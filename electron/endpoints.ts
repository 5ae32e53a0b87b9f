import type { FlyEndpoints } from '#electron/fly/client.ts'

const withoutSlash = (url: string) => url.replace(/\/+$/, '')

/** The real Fly.io. The environment may name another one, by the variables Fly's own clients honour. */
export function flyEndpoints(environment: Readonly<Record<string, string | undefined>>): FlyEndpoints {
  const { FLY_FLAPS_BASE_URL, FLY_API_BASE_URL, FLY_REGISTRY_HOST, HANGAR_APP_URL } = environment
  const appDomain = 'fly.dev'
  const appUrl = HANGAR_APP_URL ?? `https://{app}.${appDomain}`
  return {
    machines: withoutSlash(FLY_FLAPS_BASE_URL ?? 'https://api.machines.dev'),
    api: withoutSlash(FLY_API_BASE_URL ?? 'https://api.fly.io'),
    registryHost: FLY_REGISTRY_HOST ?? 'registry.fly.io',
    appDomain,
    appUrl: (app) => appUrl.replace('{app}', app),
  }
}
