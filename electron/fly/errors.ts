import { z } from 'zod'
import { AppError, type ErrorCode, type FailedRequest } from '#shared/ipc/errors.ts'
import { redact } from '#shared/redact.ts'

/** Fly's error body. `status` is the only part meant for programs (Machines API description). */
const ErrorBody = z.object({
  error: z.string().optional(),
  message: z.string().optional(),
  status: z.string().optional(),
})

const CODE_BY_STATUS: Partial<Record<number, ErrorCode>> = {
  400: 'invalid-input',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  408: 'unavailable',
  409: 'conflict',
  410: 'not-found',
  412: 'conflict',
  413: 'invalid-input',
  422: 'invalid-input',
  429: 'rate-limited',
}

/** Fly's own words for why, which say more than the HTTP status. */
const CODE_BY_WORD: Partial<Record<string, ErrorCode>> = {
  insufficient_capacity: 'no-capacity',
  volume_placement_capacity: 'no-capacity',
  name_taken: 'conflict',
}

/** What to do about it. Fly's own sentence, where there is one, stands in front. */
const ADVICE: Record<ErrorCode, string> = {
  cancelled: 'Cancelled.',
  unauthenticated: 'Fly.io does not accept this token. Sign in again with a new one.',
  forbidden: 'This token may not do that. Use a token with more rights, or ask an admin of the organization.',
  'not-found': 'Fly.io does not know this any more. Refresh: it may have been removed elsewhere.',
  conflict: 'Something else is changing this right now. Wait a moment and try again.',
  'rate-limited': 'Fly.io asks for fewer requests. Wait a minute and try again.',
  'no-capacity': 'Fly.io has no room there. Choose another region or a smaller machine.',
  unavailable: 'Fly.io did not answer as it should. Check your network and status.fly.io, then try again.',
  'missing-tool': 'flyctl is missing.',
  keychain: 'The keychain is not available.',
  'read-only': 'This account may only look.',
  'invalid-input': 'Fly.io refused these values. Change them and try again.',
  internal: 'Something went wrong. See the log for details.',
}

const TIMED_OUT = 'It took longer than Fly.io allows. Look whether it happened all the same, then try again.'
const NAME_TAKEN = 'That name is taken. Choose another one: names are shared by everyone on Fly.io.'

interface Refusal {
  request: FailedRequest
  status: number
  /** The raw body: JSON, HTML of a proxy, or nothing. */
  body: string
}

/** The error for an answer that is not 2xx. */
export function refusalError({ request, status, body }: Refusal): AppError {
  const { error, message, status: word } = parseBody(body)
  const code = CODE_BY_WORD[word ?? ''] ?? CODE_BY_STATUS[status] ?? 'unavailable'
  const advice = word === 'name_taken' ? NAME_TAKEN : status === 408 ? TIMED_OUT : ADVICE[code]
  return new AppError(code, sentence(message || error, advice), { request })
}

/** Codes seen in `extensions.code`; Fly documents none, so an unknown one means a refusal of the values. */
const CODE_BY_EXTENSION: Partial<Record<string, ErrorCode>> = {
  UNAUTHENTICATED: 'unauthenticated',
  UNAUTHORIZED: 'forbidden',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'not-found',
  CONFLICT: 'conflict',
  RATE_LIMITED: 'rate-limited',
  SERVER_ERROR: 'unavailable',
  INTERNAL_SERVER_ERROR: 'unavailable',
}

const GraphqlAnswer = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() }))
    .optional(),
})

/** The `data` of a GraphQL answer. Its errors come with HTTP 200 (fly-go source). */
export function graphqlData(answer: unknown, request: FailedRequest): unknown {
  const { data, errors: [first] = [] } = GraphqlAnswer.parse(answer)
  if (!first) return data
  // The codes are documented nowhere; this sentence is what people meet (flyctl's issue tracker).
  const code = /must be authenticated/i.test(first.message)
    ? 'unauthenticated'
    : (CODE_BY_EXTENSION[first.extensions?.code ?? ''] ?? 'invalid-input')
  throw new AppError(code, sentence(first.message, ADVICE[code]), { request })
}

/** No answer came, or none in time. */
export function unreachableError(cause: unknown, request: FailedRequest): AppError {
  const timedOut = cause instanceof Error && cause.name === 'TimeoutError'
  const message = timedOut
    ? `Fly.io did not answer in time. ${TIMED_OUT}`
    : 'Cannot reach Fly.io. Check your network and the proxy in Settings, then try again.'
  return new AppError('unavailable', message, { cause, request })
}

/** An answer that is not what the API describes. */
export function garbageError(cause: unknown, request: FailedRequest): AppError {
  return new AppError('unavailable', `The answer made no sense. ${ADVICE.unavailable}`, { cause, request })
}

function parseBody(body: string): z.infer<typeof ErrorBody> {
  try {
    return ErrorBody.parse(JSON.parse(body))
  } catch {
    // HTML of a proxy, or a body cut short: the status says enough.
    return {}
  }
}

/** Longest part of Fly's own text that is shown. */
const MAX_OWN_TEXT = 240

function sentence(own: string | undefined, advice: string): string {
  const text = redact(own ?? '')
    .replace(/\s+/g, ' ')
    .trim()
  if (text === '') return advice
  const short = text.length > MAX_OWN_TEXT ? `${text.slice(0, MAX_OWN_TEXT)}…` : text
  return `Fly.io says: ${/[.!?…]$/.test(short) ? short : `${short}.`} ${advice}`
}
