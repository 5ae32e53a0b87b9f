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
  const { flags, env, api, signal } = context
  const app = appName(context)
  const filter = new URLSearchParams()
  const machine = flags.text('machine') ?? flags.text('instance')
  if (machine !== undefined) filter.set('instance', machine)
  else if (env['FLY_REGION']) filter.set('region', env['FLY_REGION'])
  let cursor = ''
  while (true) {
    filter.set('next_token', cursor)
    const answer = await api.ask({ service: 'rest', path: `/api/v1/apps/${app}/logs?${filter}` })
    if (answer.status === 401) throw new FlyctlError('You must be authenticated to view this.')
    if (answer.status === 404) throw new FlyctlError(`Could not find App "${app}"`)
    const entries = list(field(answer.body, 'data'))
    for (const entry of entries) print(context, field(entry, 'attributes'))
    cursor = text(field(answer.body, 'meta'), 'next_token') ?? cursor
    if (entries.length > 0 && flags.on('no-tail')) return
    if (entries.length === 0) await sleep(EMPTY_MS, undefined, { signal })
  }
}

function print({ flags, json, stdout }: Context, attributes: unknown): void {
  const part = (name: string) => text(attributes, name) ?? ''
  const [timestamp, instance, region, level, message] = ['timestamp', 'instance', 'region', 'level', 'message'].map(part)
  if (flags.on('json')) return json({ level, instance, message, region, timestamp, meta: field(attributes, 'meta') })
  stdout(`${timestamp} ${provider(attributes)}[${instance}] ${region} [${level}]${message}`)
}

const provider = (attributes: unknown): string =>
  text(field(field(field(attributes, 'meta'), 'event'), 'provider'), 'name') ??
  text(field(field(attributes, 'meta'), 'event'), 'provider') ??
  'app'
