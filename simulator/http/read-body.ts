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
 * alone takes bytes.
 */
export function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    done(null, request.url.startsWith('/v2/') ? body : readJson(body.toString().trim()))
  })
}
