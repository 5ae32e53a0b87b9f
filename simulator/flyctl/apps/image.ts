import { field, text } from '../api.ts'
import { appName } from '../app-name.ts'
import { compactApp } from '../app-query.ts'
import type { Family } from '../command.ts'
import type { Context } from '../context.ts'
import { within } from '../failure.ts'
import { APP, JSON_OUTPUT } from '../flags.ts'
import { imageOf } from '../machine/machine.ts'
import { listMachines } from '../machine/select.ts'
import { table } from '../print.ts'

export const IMAGE: Family = { show: { flags: { ...APP, ...JSON_OUTPUT }, run: show } }

const LATEST = `query($image: String!, $flyVersion: String) { latestImageDetails(image: $image, flyVersion: $flyVersion) { registry repository tag version digest } }`
const COLUMNS = ['Machine ID', 'Registry', 'Repository', 'Tag', 'Version', 'Digest', 'Labels']

async function show(context: Context): Promise<void> {
  const { flags, api, stdout, json } = context
  const app = appName(context)
  await within('failed to get app', compactApp(context, app))
  const machines = await listMachines(context, app)
  for (const machine of machines) await latest(api, machine)
  const rows = machines.map((machine) => {
    const ref = field(machine, 'image_ref')
    const labels = field(ref, 'labels')
    const part = (name: string) => text(ref, name) ?? ''
    const version = text(labels, 'fly.version') ?? 'N/A'
    const known = [
      text(machine, 'id') ?? '',
      part('registry'),
      part('repository'),
      part('tag'),
      version,
      part('digest'),
    ]
    return { known, labels: JSON.stringify(labels ?? {}) }
  })
  if (flags.on('json'))
    return json(
      rows.map(({ known: [MachineID, Registry, Repository, Tag, Version, Digest], labels: Labels }) => ({
        ...{ Digest, Labels, MachineID, Registry, Repository, Tag, Version },
      })),
    )
  const cells = rows.map(({ known, labels }) => [...known, labels === '{}' ? '' : labels])
  table({ title: 'Image Details', columns: COLUMNS, rows: cells }).forEach(stdout)
}

/** Asked for each machine, to tell of newer images. Fly knows none of images that people built. */
async function latest(api: Context['api'], machine: unknown): Promise<void> {
  const flyVersion = text(field(field(machine, 'image_ref'), 'labels'), 'fly.version') ?? null
  const body = { query: LATEST, variables: { image: imageOf(machine), flyVersion } }
  await api.ask({ service: 'graphql', method: 'POST', path: '/graphql', body })
}
