import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import { AppError, type FailedRequest } from '#shared/ipc/errors.ts'
import { garbageError, graphqlData, refusalError, unreachableError } from './errors.ts'
import type { RateLimits } from './rate-limit.ts'
import { retryPauseMs } from './retry.ts'
import { authorization, parseToken } from './token.ts'

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

interface FlyClientOptions {
  endpoints: FlyEndpoints
  /** Canonical token list, as `parseToken` gives it. */
  token: () => Promise<string>
  limits: RateLimits
  /** Told of every try: method, path without host, status, time taken. Never a header or a body. */
  log: (line: string) => void
  /** Fly answered 401. */
  onUnauthenticated?: (() => void) | undefined
  userAgent: string
  fetch?: typeof globalThis.fetch
}

/** Fly's proxy ends any call after 60 s (flyctl source); a little more lets its own answer arrive. */
const TIMEOUT_MS = 65_000

/** What came back from one try: an answer, or the reason why there is none. */
type Answer =
  | { status: number; body: string; requestId: string | undefined; retryAfter: string | null }
  | { status: undefined; cause: unknown; requestId?: undefined; retryAfter?: undefined }

/** A function that sends one request for one account, waits its turn, repeats what is safe, and parses the answer. */
export function createFlyClient(options: FlyClientOptions): FlyClient {
  const send: FlyClient = async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      if (request.limit) await options.limits.take(request.limit, request.signal)
      const answer = await sendOnce(options, request, attempt)
      if (answer.status !== undefined && answer.status < 300) return parseAnswer(request, answer)
      const pauseMs = pauseBefore(options, request, { answer, attempt })
      if (pauseMs === undefined) throw toError(request, answer)
      await sleep(pauseMs, undefined, { signal: request.signal })
    }
  }
  return async (request) => {
    try {
      return await send(request)
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthenticated') options.onUnauthenticated?.()
      throw error
    }
  }
}

async function sendOnce<T>(options: FlyClientOptions, request: FlyRequest<T>, attempt: number): Promise<Answer> {
  const { method = 'GET', signal, timeoutMs = TIMEOUT_MS } = request
  const started = performance.now()
  const url = `${originOf(options.endpoints, request.service)}${pathOf(request)}`
  const init = {
    method,
    headers: headersOf(request, await options.token(), options.userAgent),
    body: bodyOf(request),
    // Fly's API never redirects; something in between that does must not see the token.
    redirect: 'manual' as const,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  }
  signal.throwIfAborted()
  const answer = await exchange(options.fetch ?? globalThis.fetch, url, init)
  signal.throwIfAborted()
  const outcome = answer.status ?? `no answer (${nameOf(answer.cause)})`
  const again = attempt > 1 ? `, try ${attempt}` : ''
  const took = Math.round(performance.now() - started)
  options.log(`${method} ${pathOf(request)} ${outcome} in ${took} ms${again} ${answer.requestId ?? ''}`.trim())
  return answer
}

async function exchange(fetch: typeof globalThis.fetch, url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, init)
    return {
      status: response.status,
      body: await response.text(),
      requestId: response.headers.get('fly-request-id') ?? undefined,
      retryAfter: response.headers.get('retry-after'),
    }
  } catch (cause) {
    return { status: undefined, cause }
  }
}

function pauseBefore<T>(
  { limits }: FlyClientOptions,
  { method = 'GET', limit }: FlyRequest<T>,
  { answer, attempt }: { answer: Answer; attempt: number },
): number | undefined {
  const { status, retryAfter = null } = answer
  if (status === 429 && limit) limits.refused(limit)
  return retryPauseMs({ method, attempt, status, retryAfter, random: Math.random(), now: Date.now() })
}

function parseAnswer<T>(request: FlyRequest<T>, { status, body, requestId }: Extract<Answer, { body: string }>): T {
  const failed = failedRequest(request, { status, requestId })
  try {
    const value: unknown = body === '' ? undefined : JSON.parse(body)
    return request.schema.parse(request.service === 'graphql' ? graphqlData(value, failed) : value)
  } catch (error) {
    throw error instanceof AppError ? error : garbageError(error, failed)
  }
}

function toError<T>(request: FlyRequest<T>, answer: Answer): AppError {
  const failed = failedRequest(request, answer)
  if (answer.status === undefined) return unreachableError(answer.cause, failed)
  return refusalError({ request: failed, status: answer.status, body: answer.body })
}

function failedRequest<T>(
  request: FlyRequest<T>,
  { status, requestId }: { status: number | undefined; requestId?: string | undefined },
): FailedRequest {
  return {
    method: request.method ?? 'GET',
    path: pathOf(request),
    ...(status === undefined ? {} : { status }),
    ...(requestId === undefined ? {} : { requestId }),
  }
}

function pathOf<T>({ path, query = {} }: FlyRequest<T>): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value))
  return parameters.size === 0 ? path : `${path}?${parameters}`
}

const originOf = ({ machines, api }: FlyEndpoints, service: FlyRequest<unknown>['service']) =>
  service === 'machines' ? machines : api

function headersOf<T>({ service, path, leaseNonce }: FlyRequest<T>, token: string, userAgent: string) {
  return {
    accept: 'application/json',
    authorization: authorization(parseToken(token), service, path),
    'content-type': 'application/json',
    'user-agent': userAgent,
    ...(leaseNonce === undefined ? {} : { 'fly-machine-lease-nonce': leaseNonce }),
  }
}

/** Actions whose body is optional still want one: an empty body can be answered with 400. */
function bodyOf<T>({ method = 'GET', body }: FlyRequest<T>): string | null {
  if (method === 'GET' || (method === 'DELETE' && body === undefined)) return null
  return JSON.stringify(body ?? {})
}

const nameOf = (cause: unknown) => (cause instanceof Error ? causeOf(cause) : 'unknown')

/** fetch says only "fetch failed"; its cause has the code, such as ECONNREFUSED. */
function causeOf(error: Error): string {
  const { cause } = error
  if (cause instanceof Error) return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
  return error.name
}
