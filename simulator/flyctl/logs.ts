import { setTimeout as sleep } from 'node:timers/promises'
import { field, list, text } from './api.ts'
import { appName } from './app-name.ts'
import type { Context } from './context.ts'
import { FlyctlError } from './failure.ts'

/** Pause between questions while nothing new is said (flyctl: 128 ms). */
const EMPTY_MS = 128

/**
 * Polls the log endpoint. Faithful in its oddity: with `--no-tail` on an empty log it waits for a first line,
 * because the real one looks at the flag only after it has printed something.
 */
export async function logs(context: Context): Promise<void> {
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
function logFilter({ flags, env }: Context): URLSearchParams {
  const filter = new URLSearchParams({ next_token: '' })
  const machine = flags.text('machine') ?? flags.text('instance')
  if (machine !== undefined) filter.set('instance', machine)
  else if (env.FLY_REGION) filter.set('region', env.FLY_REGION)
  return filter
}

async function readPage({ api }: Context, path: string): Promise<{ entries: unknown[]; next: string | undefined }> {
  const { status, body } = await api.ask({ service: 'rest', path })
  if (status === 401) throw new FlyctlError('You must be authenticated to view this.')
  if (status === 404) throw new FlyctlError('Could not find App')
  return { entries: list(field(body, 'data')), next: text(field(body, 'meta'), 'next_token') }
}

function print({ flags, json, stdout }: Context, attributes: unknown): void {
  const part = (name: string) => text(attributes, name) ?? ''
  const [timestamp, instance, region, level, message] = ['timestamp', 'instance', 'region', 'level', 'message'].map(
    part,
  )
  if (flags.on('json')) json({ level, instance, message, region, timestamp, meta: field(attributes, 'meta') })
  else stdout(`${timestamp} ${provider(attributes)}[${instance}] ${region} [${level}]${message}`)
}

const provider = (attributes: unknown): string =>
  text(field(field(field(attributes, 'meta'), 'event'), 'provider'), 'name') ??
  text(field(field(attributes, 'meta'), 'event'), 'provider') ??
  'app'
