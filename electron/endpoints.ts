import { z } from 'zod'
import type { FlyEndpoints } from '#electron/fly/client.ts'

type Environment = Readonly<Record<string, string | undefined>>

const withoutSlash = (url: string) => url.replace(/\/+$/, '')

/** The real Fly.io. The environment may name another one, by the variables Fly's own clients honour. */
export function flyEndpoints(environment: Environment): FlyEndpoints {
  const { FLY_FLAPS_BASE_URL, FLY_API_BASE_URL, FLY_REGISTRY_HOST, HANGAR_APP_URL } = environment
  const appDomain = 'fly.dev'
  const appUrl = HANGAR_APP_URL ?? `https://{app}.${appDomain}`
  return {
    machines: withoutSlash(FLY_FLAPS_BASE_URL ?? 'https://api.machines.dev'),
    api: withoutSlash(FLY_API_BASE_URL ?? 'https://api.fly.io'),
    registryHost: FLY_REGISTRY_HOST ?? 'registry.fly.io',
    appDomain,
    appUrl: (app) => appUrl.replace('{app}', app),
    flyctlEnvironment: simulatorVariables(environment),
  }
}

/** What the simulator prints, as one line of JSON, once it listens. */
export const SimulatorAddresses = z.object({
  machines: z.url(),
  api: z.url(),
  registry: z.string(),
  appUrl: z.string().includes('{app}'),
  token: z.string(),
  flyctl: z.string(),
})
export type SimulatorAddresses = z.infer<typeof SimulatorAddresses>

/** The Fly.io of a simulator. Its flyctl is a script for Node: `environment` says where one is. */
export function simulatorEndpoints(
  { machines, api, registry, appUrl, flyctl }: SimulatorAddresses,
  environment: Readonly<Record<string, string>>,
): FlyEndpoints {
  return {
    machines,
    api,
    registryHost: registry,
    appDomain: 'fly.dev',
    appUrl: (app) => appUrl.replace('{app}', app),
    flyctlPath: flyctl,
    flyctlEnvironment: environment,
  }
}

/** What the simulator's flyctl reads from its environment: where Node is, how fast to be, what to fail at. */
export function simulatorVariables(environment: Environment): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(environment))
    if (value !== undefined && /^(HANGAR_NODE|SIMULATE|SIMULATOR_[A-Z_]+)$/.test(name)) kept[name] = value
  return kept
}
