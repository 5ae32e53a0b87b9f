/** A refusal of the Docker Engine: `{"message": …}`. */
export class DockerError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** The daemon goes away in the middle of something. */
export class ConnectionCut extends Error {}

/** One line of a stream. What fails there is a line of its own, after a status of 200. */
export type Message = Record<string, unknown>

export const errorLine = (message: string, code?: number): Message => ({
  errorDetail: { ...(code !== undefined && { code }), message },
  error: message,
})
