import { field, list, text } from '../api.ts'
import type { Family } from '../command.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { JSON_OUTPUT } from '../flags.ts'
import { table } from '../print.ts'
import { VM_SIZES } from './vm-sizes.ts'

export const PLATFORM: Family = {
  regions: { flags: JSON_OUTPUT, run: regions },
  'vm-sizes': { flags: JSON_OUTPUT, run: vmSizes },
  status: { flags: JSON_OUTPUT, args: [0, 1], usage: '[kind]', anonymous: true, run: status },
}

const KEYS = ['code', 'name', 'latitude', 'longitude', 'gateway_available', 'requires_paid_plan', 'deprecated']
const CONTINENTS: readonly (readonly [string, string])[] = [
  ['africa', 'Africa'],
  ['asia_pacific', 'Asia Pacific'],
  ['europe', 'Europe'],
  ['north_america', 'North America'],
  ['south_america', 'South America'],
]

async function regions({ api, flags, stdout, json }: Context): Promise<void> {
  const answer = await api.get({ service: 'flaps', path: '/v1/platform/regions', failing: 'failed to get regions' })
  const all = list(field(answer, 'Regions')).filter((region) => field(region, 'deprecated') !== true)
  const byName = (one: unknown, other: unknown) => (text(one, 'name') ?? '').localeCompare(text(other, 'name') ?? '')
  if (flags.on('json')) return json(all.sort(byName).map(regionJson))
  const rows = CONTINENTS.flatMap(([key, title]) => {
    const here = all.filter((region) => text(region, 'geo_region') === key)
    const named = here.map((region) => [text(region, 'name'), text(region, 'code'), managedPostgres(region)])
    const sorted = named.sort(([one = ''], [other = '']) => one.localeCompare(other))
    return here.length === 0 ? [] : [['', '', ''], [title, '', ''], ...sorted]
  })
  table({ columns: ['Name', 'Code', 'MPG'], rows }).forEach(stdout)
}

const managedPostgres = (region: unknown): string => (field(region, 'mpg_available') === true ? '✓' : '')

const regionJson = (region: unknown): unknown => ({
  ...Object.fromEntries(KEYS.map((key) => [key, field(region, key) ?? false])),
  capacity: field(region, 'capacity') ?? 0,
  geo_region: text(region, 'geo_region') ?? '',
  mpg_available: field(region, 'mpg_available') === true,
})

async function vmSizes({ flags, stdout, json }: Context): Promise<void> {
  if (flags.on('json')) return json(Object.fromEntries(Object.entries(VM_SIZES).sort()))
  const columns = ['Name', 'CPU Cores', 'Memory']
  const rows = (kind: string) =>
    Object.entries(VM_SIZES)
      .filter(([, size]) => size.cpu_kind === kind)
      .map(([name, { cpus, memory_mb }]) => [name, cpus, `${memory_mb} MB`])
  table({ title: 'Machines platform', columns, rows: rows('shared') }).forEach(stdout)
  table({ columns, rows: rows('performance') }).forEach(stdout)
}

/** The real one opens a browser; where there is none it says so. */
async function status({ stderr }: Context): Promise<void> {
  const url = 'https://status.fly.io/'
  stderr(`opening ${url} ...`)
  throw new FlyctlError(`failed opening ${url}: exec: "xdg-open": executable file not found in $PATH`)
}
