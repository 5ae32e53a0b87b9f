import type { FastifyReply } from 'fastify'
import type { Deed } from '../control/faults.ts'
import type { Answer } from './route.ts'

/** Text and bytes go as they are, everything else as JSON. */
const bytesOf = (body: unknown): Buffer =>
  Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))

const JSON_TYPE = 'application/json; charset=utf-8'

/** Sends an answer, with the content type of JSON where it is none of its own. */
export function send(reply: FastifyReply, { status, body, headers = {} }: Answer): void {
  void reply.code(status).headers(headers)
  if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) void reply.send(body)
  else void reply.type(JSON_TYPE).send(JSON.stringify(body))
}

/** Half of what was promised, then the end of the connection. */
function truncate(reply: FastifyReply, { status, body = '', headers = {} }: Answer): void {
  const whole = bytesOf(body)
  reply.hijack()
  const length = Math.max(2, whole.length)
  reply.raw.writeHead(status, {
    'fly-request-id': String(reply.getHeader('fly-request-id')),
    'content-type': JSON_TYPE,
    ...headers,
    'content-length': length,
  })
  reply.raw.write(whole.subarray(0, whole.length >> 1), () => reply.raw.destroy())
}

/** What the caller is given: the status, 0 for no answer. */
export function deliver(reply: FastifyReply, deed: Deed, result: Answer): number {
  switch (deed.kind) {
    case 'none':
      send(reply, result)
      return result.status
    case 'answer': {
      const { status, body = { error: `simulated failure ${status}` }, headers } = deed
      send(reply, { status, body, ...(headers ? { headers } : {}) })
      return status
    }
    case 'garbage':
      send(reply, { status: 200, body: '<html>upstream connect error', headers: { 'content-type': 'text/html' } })
      return 200
    case 'reset':
      reply.hijack()
      reply.raw.destroy()
      return 0
    case 'drop':
      reply.hijack()
      return 0
    case 'truncate':
      truncate(reply, result)
      return 0
    default:
      return deed satisfies never
  }
}
