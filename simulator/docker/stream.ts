import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { DockerError, errorLine, type Message } from './docker-error.ts'

/** Answers with one JSON line after the other. Whoever hangs up ends the work. */
export async function stream(
  reply: FastifyReply,
  begin: (signal: AbortSignal) => AsyncGenerator<Message> | Promise<AsyncGenerator<Message>>,
): Promise<FastifyReply> {
  const hungUp = new AbortController()
  reply.raw.once('close', () => hungUp.abort())
  const lines = await begin(hungUp.signal)
  return reply.type('application/json').send(Readable.from(written(lines)))
}

async function* written(lines: AsyncGenerator<Message>): AsyncGenerator<string> {
  try {
    for await (const line of lines) yield `${JSON.stringify(line)}\r\n`
  } catch (error) {
    if (!(error instanceof DockerError)) throw error
    yield `${JSON.stringify(errorLine(error.message))}\r\n`
  }
}
