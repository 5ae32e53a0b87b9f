import { type IncomingMessage, request } from 'node:http'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { field, text } from '../api.ts'

interface Ask {
  method: string
  path: string
  headers?: Record<string, string>
  body?: Readable
}

/** A Docker daemon at `tcp://host:port`. */
export interface Docker {
  host: string
  ask(ask: Ask): Promise<{ status: number; body: unknown }>
  /** The JSON lines of an answer as they come. A refusal is one line with `refused`. */
  lines(ask: Ask): AsyncGenerator<unknown>
}

export function dockerAt(host: string, signal: AbortSignal): Docker {
  const origin = host.replace(/^tcp:/, 'http:')
  const send = ({ method, path, headers = {}, body }: Ask) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const sent = request(new URL(path, origin), { method, headers, signal }, resolve)
      sent.on('error', reject)
      if (body === undefined) sent.end()
      else body.on('error', (error) => sent.destroy(error)).pipe(sent)
    })
  return {
    host,
    async ask(ask) {
      const answer = await send(ask)
      return { status: answer.statusCode ?? 0, body: parse(await readAll(answer)) }
    },
    async *lines(ask) {
      const answer = await send(ask)
      if (answer.statusCode !== 200) {
        yield { refused: text(parse(await readAll(answer)), 'message') ?? `status ${answer.statusCode}` }
        return
      }
      try {
        for await (const line of createInterface({ input: answer })) yield parse(line)
      } catch {
        // The daemon went away in the middle, or we are to stop.
        signal.throwIfAborted()
        yield { error: 'unexpected EOF' }
      }
    },
  }
}

async function readAll(answer: IncomingMessage): Promise<string> {
  let all = ''
  for await (const chunk of answer.setEncoding('utf8')) all += chunk
  return all
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    // A ping answers `OK`.
    return content
  }
}

/** Prints a line of a daemon's stream the way Docker's own client does without a terminal. What failed, if it says so. */
export function showMessage(message: unknown, print: (text: string) => void): string | undefined {
  const failed = text(message, 'error')
  if (failed !== undefined) return failed
  const stream = field(message, 'stream')
  if (typeof stream === 'string') print(stream)
  const status = text(message, 'status')
  const id = text(message, 'id')
  if (status !== undefined && text(message, 'progress') === undefined)
    print(`${id === undefined ? '' : `${id}: `}${status}\n`)
  return undefined
}
