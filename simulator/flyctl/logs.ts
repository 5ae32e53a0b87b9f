import { setTimeout as sleep } from 'node:timers/promises'
import { field, list, text } from './api.ts'
import { appName } from './app-name.ts'
import type { Family } from './command.ts'
import type { Context } from './context.ts'
import { FlyctlError } from './failure.ts'
import { APP, JSON_OUTPUT, REGION } from './flags.ts'

export const LOGS: Family = {
  '': {
    flags: {
      ...APP,
      ...REGION,
      ...JSON_OUTPUT,
      'no-tail': { kind: 'yes-no', short: 'n' },
      machine: { kind: 'text', short: 'm' },
      instance: { kind: 'text', short: 'i' },
      select: { kind: 'yes-no', short: 's' },
    },
    run: logs,
  },
}

/** Pause between questions while nothing new is said (flyctl: 128 ms). */
const EMPTY_MS = 128

/**
 * Polls the log endpoint. Faithful in its oddity: with `--no-tail` on an empty log it waits for a first line,
 * because the real one looks at the flag only after it has printed something.
 */
async function logs(context: Context): Promise<void> {
  const { flags, signal } = context
  const app = appName(context)
  const filter = logFilter(context)
  while (true) {
    const page = await readPage(context, `/api/v1/apps/${app}/logs?${filter}`)
    for (const entry of page.entries) print(context, field(entry, 'attributes'))
    if (page.next !== undefined) filter.set('next_token', page.next)
    if (page.entries.length > 0 && flags.on('no-tail')) return
    if (page.entries.length === 0) await sleep(EMPTY_MS, undefined, { signal })
  }
}

/** A machine wins over a region, which the environment may set unasked. */
function logFilter({ flags }: Context): URLSearchParams {
  const filter = new URLSearchParams({ next_token: '' })
  const machine = flags.text('machine') ?? flags.text('instance')
  const region = flags.text('region')
  if (machine !== undefined) filter.set('instance', machine)
  else if (region !== undefined) filter.set('region', region)
  return filter
}

async function readPage({ api }: Context, path: string): Promise<{ entries: unknown[]; next: string | undefined }> {
  const { status, body } = await api.ask({ service: 'rest', path })
  if (status === 401) throw new FlyctlError('401 Unauthorized')
  if (status === 404) throw new FlyctlError('404 Not Found')
  return { entries: list(field(body, 'data')), next: text(field(body, 'meta'), 'next_token') }
}

function print({ flags, json, stdout }: Context, attributes: unknown): void {
  const part = (name: string) => text(attributes, name) ?? ''
  const [instance, region, level, message] = ['instance', 'region', 'level', 'message'].map(part)
  const timestamp = part('timestamp')
  if (flags.on('json')) {
    json({ level, instance, message, region, timestamp, meta: metaOf(attributes) })
    return
  }
  const at = timestamp.replace(/\.\d+Z$/, 'Z')
  const { before, after } = details(attributes)
  stdout(`${before}${at} ${provider(attributes)}[${instance}] ${region} [${level}]${after || message}`)
}

/** What Fly's proxy knows of a request that went wrong. Its error stands before the line, a slip of the real one's. */
function details(attributes: unknown): { before: string; after: string } {
  const { HTTP, Error: error, URL: url } = metaOf(attributes)
  const named = (name: string, value: unknown) => {
    if (typeof value === 'number') return value > 0 ? `${name}=${value} ` : ''
    return typeof value === 'string' && value !== '' ? `${name}="${value}" ` : ''
  }
  const before = named('error.message', error.Message)
  const told = [
    named('error.code', error.Code),
    named('request.method', HTTP.Request.Method),
    named('request.url', url.Full),
    named('request.id', HTTP.Request.ID),
    named('response.status', HTTP.Response.status_code),
  ].join('')
  return { before, after: before === '' ? told && `${told}${text(attributes, 'message') ?? ''}` : told }
}

/** Go-cased and complete, whatever Fly sent: flyctl prints its own idea of an entry. */
function metaOf(attributes: unknown) {
  const meta = field(attributes, 'meta')
  const [http, error] = [field(meta, 'http'), field(meta, 'error')]
  const [request, response] = [field(http, 'request'), field(http, 'response')]
  return {
    Instance: text(meta, 'instance') ?? '',
    Region: text(meta, 'region') ?? '',
    Event: { Provider: provider(attributes) },
    HTTP: {
      Request: {
        ID: text(request, 'id') ?? '',
        Method: text(request, 'method') ?? '',
        Version: text(request, 'version') ?? '',
      },
      Response: { status_code: field(response, 'status_code') ?? 0 },
    },
    Error: { Code: field(error, 'code') ?? 0, Message: text(error, 'message') ?? '' },
    URL: { Full: text(field(meta, 'url'), 'full') ?? '' },
  }
}

const provider = (attributes: unknown): string =>
  text(field(field(field(attributes, 'meta'), 'event'), 'provider'), 'name') ??
  text(field(field(attributes, 'meta'), 'event'), 'provider') ??
  'app'
