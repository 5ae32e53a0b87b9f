/** What flyctl prints after `Error: `, with its exit code. */
export class FlyctlError extends Error {
  readonly exitCode: number
  /** Further paragraphs: description, suggestion. */
  readonly details: readonly string[]

  constructor(
    message: string,
    { exitCode = 1, details = [] }: { exitCode?: number; details?: readonly string[] } = {},
  ) {
    super(message)
    this.exitCode = exitCode
    this.details = details
  }
}

/** Interrupted by SIGINT or SIGTERM: flyctl prints nothing and ends with 127. */
export const INTERRUPTED = 127
