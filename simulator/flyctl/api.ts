import { setTimeout as sleep } from 'node:timers/promises'
import { FlyctlError } from './failure.ts'
import { authorization } from './token.ts'

export interface ApiRequest {
  /** `uiex` holds organizations, builds and releases, `rest` the logs. */
  service: 'flaps' | 'graphql' | 'rest' | 'uiex'
  method?: string
  path: string
  body?: unknown
  leaseNonce?: string | undefined
  /** What goes in front of a refusal: `failed to list VMs`. */
  failing?: string
}

export interface ApiAnswer {
  status: number
  /** Parsed JSON; undefined when there was none. */
  body: unknown
  requestId: string | undefined
}

export interface Api {
  /** Any answer, also a refusal. Throws only when none comes. */
  ask(request: ApiRequest): Promise<ApiAnswer>
  /** The body of a good answer; throws what flyctl would say otherwise. */
  get(request: ApiRequest): Promise<unknown>
  /** The data of a GraphQL query. */
  query(query: string, variables?: Readonly<Record<string, unknown>>, operationName?: string): Promise<unknown>
}

interface ApiOptions {
  flaps: string
  rest: string
  uiex: string
  token: string
  signal: AbortSignal
  log: (line: string) => void
}

/** Tries per request, and the pause between them (fly-go: three, for temporary trouble of any method). */
const TRIES = 3
const RETRY_MS = 150
/** Fly's client obeys 429 far longer than three tries: a deploy of many machines meets it as a matter of course. */
const THROTTLE_TRIES = 60
const THROTTLE_MS = 400

export function createApi({ flaps, rest, uiex, token, signal, log }: ApiOptions): Api {
  const origins = { flaps, rest, uiex, graphql: rest }
  const originOf = ({ service }: ApiRequest) => origins[service]

  async function send(request: ApiRequest): Promise<ApiAnswer> {
    const { service, method = 'GET', path, body, leaseNonce } = request
    const url = new URL(service === 'graphql' ? '/graphql' : path, originOf(request))
    const sent = body === undefined ? undefined : JSON.stringify(body)
    log(`--> ${method} ${url} ${sent ?? ''}`)
    const response = await fetch(url, {
      method,
      signal,
      headers: {
        authorization: authorization(token, service),
        'user-agent': 'flyctl/0.4.87',
        ...(sent !== undefined && { 'content-type': 'application/json' }),
        ...(leaseNonce !== undefined && { 'fly-machine-lease-nonce': leaseNonce }),
      },
      ...(sent !== undefined && { body: sent }),
    })
    const text = await response.text()
    log(`<-- ${response.status} ${text}`)
    return {
      status: response.status,
      body: parse(text),
      requestId: response.headers.get('fly-request-id') ?? undefined,
    }
  }

  async function ask(request: ApiRequest): Promise<ApiAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await attemptOnce(request)
      const pauseMs = retryPause(answer, attempt)
      if (pauseMs !== undefined) await sleep(pauseMs, undefined, { signal })
      else if (answer) return answer
      else throw unreachable(originOf(request))
    }
  }

  async function attemptOnce(request: ApiRequest): Promise<ApiAnswer | undefined> {
    try {
      return await send(request)
    } catch (error) {
      signal.throwIfAborted()
      log(`<-- no answer: ${error instanceof Error ? error.message : String(error)}`)
      return undefined
    }
  }

  async function get(request: ApiRequest): Promise<unknown> {
    const answer = await ask(request)
    if (request.service === 'graphql') return graphqlData(request, answer)
    if (answer.status >= 200 && answer.status < 300) return answer.body
    throw refused(answer, request.failing)
  }

  return {
    ask,
    get,
    query: (query, variables = {}, operationName) =>
      get({ service: 'graphql', method: 'POST', path: '/graphql', body: { query, variables, operationName } }),
  }
}

/** flyctl's sentence for a refusal by Fly. */
export function refused(answer: ApiAnswer, failing?: string): FlyctlError {
  const why = reason(answer)
  return new FlyctlError(failing === undefined ? why : `${failing}: ${why}`, { requestId: answer.requestId })
}

const unreachable = (origin: string): FlyctlError => new FlyctlError(`failed to reach ${origin}: connection refused`)

/** ms until the next try; undefined = this answer stands. */
function retryPause(answer: ApiAnswer | undefined, attempt: number): number | undefined {
  if (answer?.status === 429) return attempt < THROTTLE_TRIES ? THROTTLE_MS : undefined
  const temporary = answer === undefined || answer.status === 502 || answer.status === 503
  return temporary && attempt < TRIES ? RETRY_MS : undefined
}

function graphqlData({ body: sent }: ApiRequest, { status, body }: ApiAnswer): unknown {
  if (status !== 200) throw new FlyctlError(`server returned a non-200 status code: ${status}`)
  const [first] = list(field(body, 'errors'))
  if (first === undefined) return field(body, 'data')
  throw new FlyctlError(`failed to run ${text(sent, 'query') ?? ''}: ${text(first, 'message') ?? 'unknown error'}`)
}

/** flaps answers `{error, message, status}`: the message wins. */
export function reason({ status, body }: ApiAnswer): string {
  return text(body, 'message') ?? text(body, 'error') ?? `request returned non-2xx status: ${status}`
}

function parse(content: string): unknown {
  if (content === '') return undefined
  try {
    return JSON.parse(content)
  } catch {
    return { error: `request returned non-2xx status: ${content.slice(0, 200)}` }
  }
}

/** One member of an object that came as JSON. */
export const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined

export const text = (value: unknown, name: string): string | undefined => {
  const member = field(value, name)
  return typeof member === 'string' && member !== '' ? member : undefined
}

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
