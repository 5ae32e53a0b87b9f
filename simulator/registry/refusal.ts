import { FlyError } from '../http/fly-error.ts'
import type { Answer } from '../http/route.ts'

/** A refusal with a code of the registry protocol (OCI distribution specification). */
export const refused = (status: number, code: string, message: string, detail?: unknown) =>
  new FlyError(status, message, { errors: [{ code, message, ...(detail === undefined ? {} : { detail }) }] })

/** The code for what is refused before the registry has a say: tokens, rights, bodies. */
const codeOf = (status: number) => (status === 401 ? 'UNAUTHORIZED' : status === 403 ? 'DENIED' : 'UNKNOWN')

/** Any refusal in the registry's own shape; who sent no good token is asked for one, as clients expect. */
export function registryRefusal({ httpStatus: status, message, body }: FlyError): Answer {
  const errors = body.errors ?? [{ code: codeOf(status), message }]
  const headers = status === 401 ? { 'www-authenticate': 'Basic realm="registry.fly.io"' } : {}
  return { status, body: { errors }, headers: { ...VERSION, ...headers } }
}

/** Every answer names the protocol. */
export const VERSION = { 'docker-distribution-api-version': 'registry/2.0' }
