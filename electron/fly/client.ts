import type { z } from 'zod'

/** Where Fly.io is: the real one, or the simulator. All without a trailing slash. */
export interface FlyEndpoints {
  /** Machines API origin, `https://api.machines.dev`. */
  machines: string
  /** GraphQL, logs and REST origin, `https://api.fly.io`. */
  api: string
  /** Host of image names, `registry.fly.io`. */
  registryHost: string
  /** Suffix of default hostnames, `fly.dev`. */
  appDomain: string
  /** flyctl to use with this Fly.io in place of the one on this computer (the simulator brings its own). */
  flyctlPath?: string | undefined
  /** Further environment flyctl needs to reach this Fly.io. */
  flyctlEnvironment?: Readonly<Record<string, string>> | undefined
}

export interface FlyRequest<T> {
  service: 'machines' | 'graphql' | 'rest'
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Begins with a slash, `/v1/apps/x/machines`. */
  path: string
  query?: Readonly<Record<string, string | number | boolean | undefined>>
  body?: unknown
  leaseNonce?: string
  /** Which of Fly's token buckets this draws from: the action and the machine or app it names. Absent = not limited. */
  limit?: { action: string; id: string }
  schema: z.ZodType<T>
  signal: AbortSignal
}

/** Sends one request. Throws AppError, with the request and its `fly-request-id` attached. */
export type FlyClient = <T>(request: FlyRequest<T>) => Promise<T>
