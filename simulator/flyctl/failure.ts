interface FailureDetails {
  exitCode?: number
  /** Further paragraphs: description, suggestion. */
  details?: readonly string[]
  /** Fly's id of the request that was refused. */
  requestId?: string | undefined
}

/** What flyctl prints after `Error: `, with its exit code. */
export class FlyctlError extends Error {
  readonly exitCode: number
  readonly details: readonly string[]
  readonly requestId: string | undefined

  constructor(message: string, { exitCode = 1, details = [], requestId }: FailureDetails = {}) {
    super(message)
    this.exitCode = exitCode
    this.details = details
    this.requestId = requestId
  }
}

/** A wrong flag or number of arguments: the usage is printed too. */
export class UsageError extends FlyctlError {}

/** Interrupted by SIGINT or SIGTERM: flyctl prints nothing and ends with 127. */
export const INTERRUPTED = 127

/** Puts what was being done in front of what went wrong; everything else of the failure stays. */
export async function within<Result>(doing: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    throw prefixed(doing, error)
  }
}

function prefixed(doing: string, error: unknown): unknown {
  if (!(error instanceof FlyctlError)) return error
  const { message, exitCode, details, requestId } = error
  return new FlyctlError(`${doing}: ${message}`, { exitCode, details, requestId })
}
