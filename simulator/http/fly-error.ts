/** A refusal in the shape of the Machines API: `{"error": …, "status"?: …}`. */
export class FlyError extends Error {
  readonly httpStatus: number
  readonly body: Record<string, unknown>
  readonly headers: Record<string, string>

  constructor(
    httpStatus: number,
    message: string,
    extra: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) {
    super(message)
    this.httpStatus = httpStatus
    this.body = { error: message, ...extra }
    this.headers = headers
  }
}

export const badRequest = (message: string) => new FlyError(400, message)
export const forbidden = () => new FlyError(403, 'unauthorized')
