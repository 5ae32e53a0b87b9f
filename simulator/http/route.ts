import type { Principal } from '../tokens/principal.ts'
import type { World } from '../world/world.ts'
import type { FlyError } from './fly-error.ts'

export interface Call {
  world: World
  principal: Principal
  params: Record<string, string>
  query: unknown
  body: unknown
  /** A request header, in lower case; undefined when it was not sent. */
  header(name: string): string | undefined
  /** Aborts when the caller hangs up. */
  signal: AbortSignal
  /** `http://127.0.0.1:port`, where this simulator listens. */
  origin: string
}

export interface Answer {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  /** Path with `:app`, `:machine`, … The named app decides which token may call it. */
  path: string
  handle(call: Call): Answer | Promise<Answer>
  /** Changes nothing although it is not a GET: a read-only token may call it. */
  readOnly?: true
  /** Outside the documented limits (GraphQL, logs, registry). */
  unlimited?: true
  /** The part of the organisation that it belongs to, for tokens that are narrowed to some (`builder`, `wg`). */
  feature?: string
  /** No token needed. */
  open?: true
  /** The most bytes it takes, where that is more than usual. */
  bodyLimit?: number
  /** Puts a refusal in this path's own shape. */
  refuse?: (error: FlyError) => Answer
}

export const ok = (body: unknown): Answer => ({ status: 200, body })
export const noContent: Answer = { status: 204 }
