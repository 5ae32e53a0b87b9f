import { field, list, text } from './api.ts'
import { appName } from './app-name.ts'
import { compactApp } from './app-query.ts'
import type { Family } from './command.ts'
import type { Context } from './context.ts'
import { within } from './failure.ts'
import { APP, JSON_OUTPUT } from './flags.ts'
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
  const machines = (await listMachines(context, name)).filter(isLaunched)
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
  if (machines.length > 0) table({ title: 'Machines', columns: COLUMNS, rows: machines.map(row) }).forEach(stdout)
}

export const isLaunched = (machine: unknown): boolean => text(metadataOf(machine), 'fly_platform_version') === 'v2'

function row(machine: unknown): (string | undefined)[] {
  const part = (name: string) => text(machine, name)
  const version = text(metadataOf(machine), 'fly_release_version')
  return [groupOf(machine), part('id'), version, part('region'), part('state'), '', checks(machine), part('updated_at')]
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
