import { z } from 'zod'

/** Keys of fly.toml that decide what a deploy does. Wrong types are ignored here: flyctl is the judge of the rest. */
const FlyToml = z.object({
  app: z.string().optional().catch(undefined),
  primary_region: z.string().optional().catch(undefined),
  build: z
    .object({
      image: z.string().optional().catch(undefined),
      dockerfile: z.string().optional().catch(undefined),
      builder: z.string().optional().catch(undefined),
      builtin: z.string().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  deploy: z
    .object({
      strategy: z.string().optional().catch(undefined),
      release_command: z.string().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  http_service: z
    .object({
      checks: z
        .array(z.object({ path: z.string().optional().catch(undefined) }))
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  services: z
    .array(
      z.object({
        http_checks: z
          .array(z.object({ path: z.string().optional().catch(undefined) }))
          .optional()
          .catch(undefined),
      }),
    )
    .optional()
    .catch(undefined),
  checks: z
    .record(
      z.string(),
      z.object({ type: z.string().optional().catch(undefined), path: z.string().optional().catch(undefined) }),
    )
    .optional()
    .catch(undefined),
})

export interface DeploySettings {
  app: string | undefined
  primaryRegion: string | undefined
  image: string | undefined
  dockerfile: string | undefined
  /** A buildpack or built-in builder: no Dockerfile is needed. */
  builder: string | undefined
  strategy: string
  releaseCommand: string | undefined
  /** Path of the first http check; undefined when there is none. */
  checkPath: string | undefined
  /** Whether anything answers the public under `<app>.fly.dev`. */
  hasPublicService: boolean
}

/** What a parsed fly.toml says about deploying. Anything may come in; nothing throws. */
export function readDeploySettings(toml: unknown): DeploySettings {
  const read = FlyToml.safeParse(toml)
  const config: z.infer<typeof FlyToml> = read.success ? read.data : {}
  const { build, deploy, http_service: http, services = [], checks = {} } = config
  const paths = [
    ...(http?.checks ?? []).map(({ path }) => path),
    ...services.flatMap(({ http_checks }) => (http_checks ?? []).map(({ path }) => path)),
    ...Object.values(checks)
      .filter(({ type }) => type === 'http')
      .map(({ path }) => path),
  ]
  return {
    app: config.app,
    primaryRegion: config.primary_region,
    image: build?.image,
    dockerfile: build?.dockerfile,
    builder: build?.builder ?? build?.builtin,
    strategy: deploy?.strategy ?? 'rolling',
    releaseCommand: deploy?.release_command,
    checkPath: paths.find((path) => path?.startsWith('/') && !path.startsWith('//')),
    hasPublicService: http !== undefined || services.length > 0,
  }
}
