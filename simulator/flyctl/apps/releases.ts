import { field, list, text } from '../api.ts'
import { appName } from '../app-name.ts'
import type { Family } from '../command.ts'
import type { Context } from '../context.ts'
import { within } from '../failure.ts'
import { APP, JSON_OUTPUT } from '../flags.ts'
import { releaseJson } from '../go/app.ts'
import { day, table } from '../print.ts'

export const RELEASES: Family = {
  '': { flags: { ...APP, ...JSON_OUTPUT, image: { kind: 'yes-no' } }, run: releases },
}

const QUERY = `query($appName: String!, $limit: Int!) { app(name: $appName) { releases: releasesUnprocessed(first: $limit) { nodes { id version description reason status imageRef stable user { id email name } createdAt } } } }`
/** How many flyctl shows. */
const LIMIT = 25

export async function listReleases({ api }: Pick<Context, 'api'>, app: string, limit = LIMIT): Promise<unknown[]> {
  const asked = within(`failed retrieving app releases ${app}`, api.query(QUERY, { appName: app, limit }))
  return list(field(field(field(await asked, 'app'), 'releases'), 'nodes'))
}

async function releases(context: Context): Promise<void> {
  const { flags, stdout, json } = context
  const nodes = await listReleases(context, appName(context))
  if (flags.on('json')) return json(nodes.map(nodeJson))
  const image = flags.on('image')
  const rows = nodes.map((release) => {
    const part = (name: string) => text(release, name) ?? ''
    const user = text(field(release, 'user'), 'email') ?? ''
    const cells = [`v${field(release, 'version')}`, part('status'), part('description'), user, day(part('createdAt'))]
    return image ? [...cells, part('imageRef')] : cells
  })
  const columns = ['Version', 'Status', 'Description', 'User', 'Date', ...(image ? ['Docker Image'] : [])]
  table({ columns, rows }).forEach(stdout)
}

function nodeJson(release: unknown): unknown {
  const part = (name: string) => text(release, name) ?? ''
  const user = field(release, 'user')
  return releaseJson({
    ID: part('id'),
    Version: field(release, 'version') ?? 0,
    Stable: field(release, 'stable') === true,
    Reason: part('reason'),
    Description: part('description'),
    Status: part('status'),
    User: {
      ID: text(user, 'id') ?? '',
      Name: text(user, 'name') ?? '',
      Email: text(user, 'email') ?? '',
      EnablePaidHobby: false,
    },
    CreatedAt: part('createdAt'),
    ImageRef: part('imageRef'),
  })
}
