import type { Addresses } from './start.ts'

interface Target extends Pick<Addresses, 'api' | 'machines' | 'token'> {
  /** The folder that flyctl is to keep its state in, the agent's socket with it. */
  configDir: string
  home: string
}

/** With these variables any flyctl speaks to this simulator and to nobody else. */
export const hermeticEnvironment = ({ api, machines, token, configDir, home }: Target) => ({
  FLY_FLAPS_BASE_URL: machines,
  FLY_API_BASE_URL: api,
  FLY_UIEX_BASE_URL: api,
  FLY_METRICS_BASE_URL: api,
  FLY_API_TOKEN: token,
  FLY_CONFIG_DIR: configDir,
  HOME: home,
  FLY_TRACE_COLLECTOR_URL: '127.0.0.1',
  FLY_NO_UPDATE_CHECK: '1',
  FLY_NO_INCIDENTS_CHECK: '1',
  FLY_SEND_METRICS: '0',
  FLY_SYNTHETICS_AGENT: '0',
  FLYCTL_STATUSLOGGER_NO_ERROR: '1',
  // What is asked of any other host fails at once.
  HTTPS_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1,localhost',
})

interface Place extends Omit<Target, 'home'> {
  /** As Docker wants it. */
  docker: string
  builder?: string
}

/** Lines for a shell that point every flyctl in it here. */
export function flyctlExports({ docker, builder, ...target }: Place): string[] {
  const variables = {
    ...hermeticEnvironment({ ...target, home: target.configDir }),
    DOCKER_HOST: docker,
    DOCKER_BUILDKIT: '0',
    ...(builder !== undefined && { FLY_REMOTE_BUILDER_HOST_WG: '1', FLY_RCHAB_OVERRIDE_HOST: builder }),
  }
  // One that is set would win over the made-up token, and a real one would be sent here.
  return [
    'unset FLY_ACCESS_TOKEN',
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}`),
  ]
}

/** As a shell reads it back, whatever is in it. */
const quoted = (value: string): string =>
  /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
