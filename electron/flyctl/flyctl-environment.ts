import type { FlyEndpoints } from '#electron/fly/client.ts'

/** All that a child gets from the app's own environment: finding programs, Docker, proxies, certificates, language. */
const INHERITED =
  /^(path|home|user|logname|userprofile|systemroot|systemdrive|comspec|pathext|appdata|localappdata|programdata|temp|tmp|tmpdir|lang|lc_[a-z]+|tz|ssl_cert_(file|dir)|(https?|all|no)_proxy|docker_(host|config|context|cert_path|tls_verify)|xdg_runtime_dir|wslenv)$/i

type Environment = Record<string, string>

export function inheritedEnvironment(from: NodeJS.ProcessEnv): Environment {
  const kept: Environment = {}
  for (const [name, value] of Object.entries(from)) if (value !== undefined && INHERITED.test(name)) kept[name] = value
  return kept
}

/** Keeps flyctl quiet towards the outside, and from replacing its own binary. */
const MANNERS: Environment = {
  FLY_NO_UPDATE_CHECK: '1',
  FLY_NO_INCIDENTS_CHECK: '1',
  FLY_SEND_METRICS: '0',
  FLY_SYNTHETICS_AGENT: '0',
  FLY_INVOKED_BY: 'hangar',
  NO_COLOR: '1',
  BUILDKIT_PROGRESS: 'plain',
}

interface AccountEnvironment {
  inherited: Environment
  endpoints: FlyEndpoints
  token: string
  configDir: string
  /** `error` for commands whose stdout is JSON: notices would stand between it. */
  logLevel: 'error' | 'warn' | 'info'
}

/** Everything one flyctl run sees. The token is in here and nowhere else. */
export function flyctlEnvironment({
  inherited,
  endpoints,
  token,
  configDir,
  logLevel,
}: AccountEnvironment): Environment {
  return {
    ...inherited,
    ...MANNERS,
    LOG_LEVEL: logLevel,
    FLY_CONFIG_DIR: configDir,
    FLY_API_BASE_URL: endpoints.api,
    // Releases, builds and organizations go through this one; unset, they would go to the real Fly.io.
    FLY_UIEX_BASE_URL: endpoints.api,
    FLY_FLAPS_BASE_URL: endpoints.machines,
    FLY_REGISTRY_HOST: endpoints.registryHost,
    ...endpoints.flyctlEnvironment,
    FLY_API_TOKEN: token,
  }
}

/** For reading the person's own flyctl login: their configuration, and no token of ours. */
export function ownLoginEnvironment(from: NodeJS.ProcessEnv): Environment {
  const configDir = from.FLY_CONFIG_DIR
  return {
    ...inheritedEnvironment(from),
    ...MANNERS,
    LOG_LEVEL: 'error',
    ...(configDir && { FLY_CONFIG_DIR: configDir }),
  }
}
