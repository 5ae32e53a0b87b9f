/** Scheme words of an Authorization header and what follows them. */
const HEADER = /\b(FlyV1|Bearer|Basic)(\s+|%20|\+)[^\s"'`<>]+/gi

/** Fly's tokens by prefix: macaroons (`fm2`, `fm1r`, `fm1a`) and user tokens (`fo1`), URL-encoded or not. */
const TOKEN = /(fm2|fm1r|fm1a|fo1)_[\w+/=.~%-]+/gi

/** Text without Fly tokens. Everything that is written to a log or shown from another program goes through here. */
export function redact(text: string): string {
  return text.replace(TOKEN, '$1_[redacted]').replace(HEADER, '$1 [redacted]')
}
