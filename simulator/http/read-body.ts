import type { FastifyInstance } from 'fastify'

/** Told apart from every value that JSON can say; the token is looked at before anybody complains. */
export const MALFORMED = Symbol('not JSON')

function readJson(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return MALFORMED
  }
}

/**
 * Bodies are read as JSON whatever their content type says, as Fly's own clients do not always say it. The registry
 * takes bytes, and the metrics API a form.
 */
export function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    if (request.url.startsWith('/v2/')) done(null, body)
    else if (request.url.startsWith('/prometheus/')) done(null, body.toString())
    else done(null, readJson(body.toString().trim()))
  })
}
