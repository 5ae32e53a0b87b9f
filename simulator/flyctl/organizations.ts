import { field, list, text } from './api.ts'
import type { Context } from './context.ts'

const ORGANIZATIONS =
  'query { organizations(admin: false) { nodes { id slug rawSlug name type paidPlan billable viewerRole internalNumericId } } }'

export async function listOrganizations({ flags, api, stdout, json }: Context): Promise<void> {
  const answer = await api.get({ service: 'graphql', method: 'POST', path: '/graphql', body: { query: ORGANIZATIONS } })
  const rows = list(field(field(answer, 'organizations'), 'nodes')).map((node) => ({
    name: text(node, 'name') ?? '',
    slug: text(node, 'slug') ?? '',
    type: text(node, 'type') ?? '',
  }))
  if (flags.on('json')) return json(Object.fromEntries(rows.map(({ slug, name }) => [slug, name])))
  stdout('Name                 Slug                 Type')
  stdout('----                 ----                 ----')
  for (const { name, slug, type } of rows) stdout(`${name.padEnd(20)} ${slug.padEnd(20)} ${type}`)
}
