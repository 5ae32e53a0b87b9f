import { field, list, text } from './api.ts'
import { appName } from './app-name.ts'
import { compactApp } from './app-query.ts'
import type { Family } from './command.ts'
import type { Context } from './context.ts'
import { within } from './failure.ts'
import { APP, JSON_OUTPUT } from './flags.ts'
import { settings } from './machine/config.ts'
import { checksOf, groupOf, imageOf, metadataOf, passing } from './machine/machine.ts'
import { machineJson } from './machine/machine-json.ts'
import { listMachines } from './machine/select.ts'
import { facts, table } from './print.ts'

export const STATUS: Family = {
  '': {
    flags: {
      ...APP,
      ...JSON_OUTPUT,
      all: { kind: 'yes-no' },
      deployment: { kind: 'yes-no' },
      watch: { kind: 'yes-no' },
      rate: { kind: 'number' },
    },
    run: status,
  },
}

const RELEASE =
  'query ($appName: String!) { app(name: $appName) { currentRelease:currentReleaseUnprocessed { version } } }'
const COLUMNS = ['Process', 'ID', 'Version', 'Region', 'State', 'Role', 'Checks', 'Last Updated']

/** Only machines of Fly Launch are listed, as by the real one. */
async function status(context: Context): Promise<void> {
  const { flags, api, stdout, json } = context
  const name = appName(context)
  const app = await within('failed to get app', compactApp(context, name))
  const machines = (await listMachines(context, name)).map(withKnownConfig).filter(isLaunched).sort(byIdDown)
  if (flags.on('json')) {
    const release = field(field(await api.query(RELEASE, { appName: name }), 'app'), 'currentRelease')
    return json(statusJson(app, { machines, version: field(release, 'version') ?? 0 }))
  }
  facts('App', {
    Name: name,
    Owner: text(field(app, 'organization'), 'slug'),
    Hostname: text(app, 'hostname'),
    Image: machines.slice(0, 1).map(imageOf).join('') || '-',
    Network: text(app, 'network'),
  }).forEach(stdout)
  if (machines.length === 0) return
  table({ title: 'Machines', columns: COLUMNS, rows: machines.map(row).sort(byCells) }).forEach(stdout)
  const notes = NOTES.filter(([, , applies]) => machines.some(applies))
  if (notes.length > 0) stdout('Notes:')
  for (const [mark, note] of notes) stdout(`  ${mark} ${note}`)
}

const idOf = (machine: unknown): string => text(machine, 'id') ?? ''
/** The first of them lends the app its image. */
const byIdDown = (one: unknown, other: unknown): number => (idOf(one) < idOf(other) ? 1 : -1)
/** Cell by cell: no cell holds the character between them. */
const byCells = (one: Row, other: Row): number => (one.join('\0') < other.join('\0') ? -1 : 1)

export const isLaunched = (machine: unknown): boolean => text(metadataOf(machine), 'fly_platform_version') === 'v2'

/** Of a machine whose host is lost Fly knows a part of the config, under another name. */
const withKnownConfig = (machine: unknown): unknown => ({
  ...settings(machine),
  config: field(machine, 'config') ?? field(machine, 'incomplete_config'),
})

/** What a mark behind the process group means, and which machines bear it. */
const NOTES: readonly (readonly [string, string, (machine: unknown) => boolean])[] = [
  [
    '†',
    'Standby machine (it will take over only in case of host hardware failure)',
    (machine) => list(field(field(machine, 'config'), 'standbys')).length > 0,
  ],
  ['💀', "The machine's host is unreachable", (machine) => text(machine, 'host_status') !== 'ok'],
]

type Row = (string | undefined)[]

function row(machine: unknown): Row {
  const part = (name: string) => text(machine, name)
  const version = text(metadataOf(machine), 'fly_release_version')
  const marks = NOTES.filter(([, , applies]) => applies(machine)).map(([mark]) => mark)
  return [
    groupOf(machine) + marks.join(''),
    part('id'),
    version,
    part('region'),
    part('state'),
    '',
    checks(machine),
    part('updated_at'),
  ]
}

function checks(machine: unknown): string {
  const all = checksOf(machine)
  if (all.length === 0) return ''
  const counts = ['warning', 'critical'].map((state) => [
    state,
    all.filter((check) => text(check, 'status') === state).length,
  ])
  const others = counts.filter(([, count]) => count !== 0).map(([state, count]) => `, ${count} ${state}`)
  return `${all.length} total${passing(machine) > 0 ? `, ${passing(machine)} passing` : ''}${others.join('')}`
}

function statusJson(app: unknown, { machines, version }: { machines: unknown[]; version: unknown }): unknown {
  const organization = field(app, 'organization')
  const network = text(app, 'network')
  return {
    AppURL: text(app, 'appUrl') ?? '',
    Deployed: field(app, 'deployed') === true,
    Hostname: text(app, 'hostname') ?? '',
    ID: text(app, 'id') ?? '',
    Machines: list(machines).map(machineJson),
    Name: text(app, 'name') ?? '',
    ...(network === undefined ? {} : { Network: network }),
    Organization: {
      ID: text(organization, 'id') ?? '',
      InternalNumericID: String(field(organization, 'internalNumericId') ?? ''),
      Name: '',
      Slug: text(organization, 'slug') ?? '',
      RawSlug: '',
      PaidPlan: field(organization, 'paidPlan') === true,
    },
    PlatformVersion: text(app, 'platformVersion') ?? '',
    Status: text(app, 'status') ?? '',
    Version: version,
  }
}
