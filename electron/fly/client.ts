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
  /** Where an app answers the public: `https://<app>.fly.dev`. */
  appUrl: (app: string) => string
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
  /**
   * Which of Fly's token buckets this draws from: the action and the machine or app it names. Absent = not limited.
   * Every action has 1/s and a burst of 3, except `get-machine`: 5/s and a burst of 10.
   */
  limit?: { action: string; id: string }
  /** Of the whole answer; of `data` for GraphQL. An empty answer is `undefined`. */
  schema: z.ZodType<T>
  /** Absent: 65 s, a little more than Fly's own ceiling of 60 s for any call. */
  timeoutMs?: number
  signal: AbortSignal
}

/** Sends one request. Throws AppError, with the request and its `fly-request-id` attached. */
export type FlyClient = <T>(request: FlyRequest<T>) => Promise<T>
