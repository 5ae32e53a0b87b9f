import { field, list, text } from '../api.ts'
import { appName } from '../app-name.ts'
import type { Command, Family } from '../command.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { APP, type FlagTable, JSON_OUTPUT, YES } from '../flags.ts'
import { ago } from '../print.ts'

const host = (run: Command['run'], flags: FlagTable = JSON_OUTPUT): Command => ({
  flags: { ...APP, ...flags },
  args: [1, 1],
  usage: '<hostname>',
  run,
})
const remove = host(removeOne, { ...YES, acme: { kind: 'yes-no' }, custom: { kind: 'yes-no' } })
const all: Command = { flags: { ...APP, ...JSON_OUTPUT }, run: listAll }

export const CERTS: Family = {
  list: all,
  add: host(add),
  create: host(add),
  check: host(check),
  show: host(check),
  remove,
  delete: remove,
}

const pathOf = (app: string, more = ''): string => `/v1/apps/${encodeURIComponent(app)}/certificates${more}`
const STATUSES: Readonly<Record<string, string>> = {
  ready: 'Issued',
  active: 'Issued',
  pending_ownership: 'Not verified',
  pending_validation: 'Pending',
}
const shown = (certificate: unknown): string =>
  STATUSES[text(certificate, 'status') ?? ''] ?? text(certificate, 'status') ?? ''

async function listAll(context: Context): Promise<void> {
  const { flags, stdout, json } = context
  const found = await allPages(context, appName(context))
  if (flags.on('json')) return json(found)
  const line = (name: string, source: string, status: string) =>
    stdout(`${name.padEnd(30)} ${source.padEnd(10)} ${status}`)
  line('HOSTNAME', 'SOURCE', 'STATUS')
  for (const certificate of found) {
    const source = field(certificate, 'has_custom_certificate') === true ? 'Custom' : 'Fly'
    line(text(certificate, 'hostname') ?? '', source, shown(certificate))
  }
}

async function allPages({ api }: Context, app: string): Promise<unknown[]> {
  const found: unknown[] = []
  let cursor = ''
  do {
    const path = pathOf(app, `?limit=50${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
    const page = await api.get({ service: 'flaps', path, failing: 'failed to list certificates' })
    found.push(...list(field(page, 'certificates')))
    cursor = text(page, 'next_cursor') ?? ''
  } while (cursor !== '')
  return found
}

async function add(context: Context): Promise<void> {
  const { api, flags, stdout, json } = context
  const [hostname = ''] = flags.rest
  const path = pathOf(appName(context), '/acme')
  const failing = 'failed to create ACME certificate'
  const created = await api.get({ service: 'flaps', method: 'POST', path, body: { hostname }, failing })
  if (flags.on('json')) return json(created)
  stdout(`✓ Certificate created for ${hostname}`)
  stdout('')
  const records = field(created, 'dns_requirements')
  const [v4] = list(field(records, 'a'))
  const [v6] = list(field(records, 'aaaa'))
  if (v4 === undefined && v6 === undefined) {
    stdout('! Your app has no public IP addresses.')
    stdout('Run fly ips allocate to allocate IPs.')
  } else stdout('Recommended DNS setup:')
  if (v4 !== undefined) stdout(`  A    ${hostname} → ${v4}`)
  if (v6 !== undefined) stdout(`  AAAA ${hostname} → ${v6}`)
  stdout('')
  stdout(`Run fly certs check ${hostname} to check validation progress.`)
  stdout(`Run fly certs setup ${hostname} for alternative DNS setups.`)
}

async function check(context: Context): Promise<void> {
  const { api, flags, stdout, json } = context
  const [hostname = ''] = flags.rest
  const path = pathOf(appName(context), `/${encodeURIComponent(hostname)}/check`)
  const failing = 'failed to check certificate'
  const certificate = await api.get({ service: 'flaps', method: 'POST', path, failing })
  if (flags.on('json')) return json(certificate)
  const [made] = list(field(certificate, 'certificates'))
  const fact = (name: string, value: string) => stdout(`  ${name.padEnd(23)} = ${value}`)
  fact('Status', shown(certificate))
  fact('Hostname', hostname)
  fact('Added to App', ago(text(made, 'created_at') ?? ''))
  const ownership = field(field(certificate, 'dns_requirements'), 'ownership')
  if (field(certificate, 'configured') === true || ownership === undefined) return
  stdout('')
  stdout('Add this DNS record to verify domain ownership:')
  stdout('')
  stdout(`  TXT ${text(ownership, 'name') ?? ''} → ${text(ownership, 'app_value') ?? ''}`)
  stdout('')
  stdout(`Run fly certs check ${hostname} after adding the record.`)
}

async function removeOne(context: Context): Promise<void> {
  const { api, flags, stdout } = context
  const [hostname = ''] = flags.rest
  const app = appName(context)
  // The one prompt whose error names no flag.
  if (!flags.on('yes')) throw new FlyctlError('prompt: non interactive')
  const kind = flags.on('acme') ? '/acme' : flags.on('custom') ? '/custom' : ''
  const path = pathOf(app, `/${encodeURIComponent(hostname)}${kind}`)
  await api.get({ service: 'flaps', method: 'DELETE', path, failing: 'failed to delete certificate' })
  stdout(`✓ Certificate ${hostname} deleted from app ${app}`)
}
