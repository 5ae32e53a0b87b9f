import { z } from 'zod'

export const ErrorCode = z.enum([
  'cancelled', // the caller aborted; never shown to the user
  'unauthenticated', // no token, or Fly.io rejected it
  'forbidden', // the token is good but may not do this
  'not-found',
  'conflict', // lease held by someone else, or a stale version
  'rate-limited',
  'no-capacity', // Fly.io has no room in that region or on that host
  'unavailable', // network down, or Fly.io answers 5xx or garbage
  'missing-tool', // flyctl is absent or too old
  'keychain', // no keychain, or it is locked
  'read-only', // the account may look and not touch
  'invalid-input', // the person or the caller gave something that cannot work
  'internal', // a bug in this app; the log has the details
])
export type ErrorCode = z.infer<typeof ErrorCode>

/** The request to Fly.io that failed, for the person to quote to support. Never holds a token or a body. */
export const FailedRequest = z.object({
  method: z.string(),
  /** Path and query without the host. */
  path: z.string(),
  /** HTTP status; absent when no answer came. */
  status: z.int().optional(),
  /** Fly's `fly-request-id`. */
  requestId: z.string().optional(),
})
export type FailedRequest = z.infer<typeof FailedRequest>

/** An error as it travels and as it is stored: a code for the program, a sentence for the person. */
export const WireError = z.object({ code: ErrorCode, message: z.string(), request: FailedRequest.optional() })
export type WireError = z.infer<typeof WireError>

interface AppErrorOptions extends ErrorOptions {
  request?: FailedRequest | undefined
}

/** The only error type that crosses the process boundary. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly request: FailedRequest | undefined

  constructor(code: ErrorCode, message: string, { request, ...options }: AppErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.request = request
  }

  static fromWire({ code, message, request }: WireError): AppError {
    return new AppError(code, message, { request })
  }

  /** Unknown errors keep their details in the main process: messages and stacks may hold secrets. */
  static toWire(error: unknown): WireError {
    if (error instanceof AppError) {
      const { code, message, request } = error
      return request ? { code, message, request } : { code, message }
    }
    if (error instanceof Error && error.name === 'AbortError') return { code: 'cancelled', message: 'Cancelled' }
    return { code: 'internal', message: 'Something went wrong. See the log for details.' }
  }
}
