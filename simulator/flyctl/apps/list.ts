import { field, list, text } from '../api.ts'
import { flat, organizationBySlug } from '../app-query.ts'
import type { Context } from '../context.ts'
import { within } from '../failure.ts'
import { appJson, NEVER, releaseJson } from '../go/app.ts'
import { zeroOrganization } from '../go/organization.ts'
import { day, table } from '../print.ts'

const PAGE = `query($org: ID, $after: String) { apps(type: "container", first: 200, after: $after, organizationId: $org) {
  pageInfo { hasNextPage endCursor } nodes { id name deployed hostname platformVersion network
  organization { slug name } currentRelease { createdAt status } status } } }`

export async function listAll(context: Context): Promise<void> {
  const { flags, stdout, json } = context
  const slug = flags.text('org')
  const org =
    slug === undefined
      ? undefined
      : text(await within('error getting organization', organizationBySlug(context, slug)), 'id')
  const apps = await allPages(context, org)
  if (flags.on('json')) return json(apps.map(listedJson))
  const rows = apps.map((app) => {
    const part = (name: string) => text(app, name) ?? ''
    const at = text(field(app, 'currentRelease'), 'createdAt')
    const owner = text(field(app, 'organization'), 'slug') ?? ''
    return [part('name'), owner, part('status'), part('network'), at === undefined ? '' : day(at)]
  })
  if (flags.on('quiet')) return rows.map(([name = '']) => name).forEach(stdout)
  table({ columns: ['Name', 'Owner', 'Status', 'Network', 'Latest Deploy'], rows }).forEach(stdout)
}

async function allPages({ api }: Context, org: string | undefined): Promise<unknown[]> {
  const apps: unknown[] = []
  let after: string | undefined
  do {
    const page = field(await api.query(flat(PAGE), { org: org ?? null, after: after ?? null }), 'apps')
    apps.push(...list(field(page, 'nodes')))
    const info = field(page, 'pageInfo')
    after = field(info, 'hasNextPage') === true ? text(info, 'endCursor') : undefined
  } while (after !== undefined)
  return apps
}

function listedJson(app: unknown): unknown {
  const part = (name: string) => text(app, name) ?? ''
  const release = field(app, 'currentRelease')
  const owner = field(app, 'organization')
  return appJson({
    ID: part('id'),
    Name: part('name'),
    Status: part('status'),
    Deployed: field(app, 'deployed') === true,
    Hostname: part('hostname'),
    Network: part('network'),
    Organization: { ...zeroOrganization, Name: text(owner, 'name') ?? '', Slug: text(owner, 'slug') ?? '' },
    CurrentRelease: release
      ? releaseJson({ Status: text(release, 'status') ?? '', CreatedAt: text(release, 'createdAt') ?? NEVER })
      : null,
    PlatformVersion: part('platformVersion'),
  })
}
