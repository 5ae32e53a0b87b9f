import { field, list, text } from '../api.ts'
import { flat, organizationBySlug } from '../app-query.ts'
import type { Family } from '../command.ts'
import type { Context } from '../context.ts'
import { within } from '../failure.ts'
import { JSON_OUTPUT } from '../flags.ts'
import { appJson } from '../go/app.ts'
import { nonInteractive } from '../prompt.ts'

const all = { flags: JSON_OUTPUT, run: listAll }

export const ORGS: Family = {
  list: all,
  ls: all,
  show: { flags: JSON_OUTPUT, args: [0, 1], usage: '[slug]', run: show },
}

const ORGANIZATIONS =
  'query { organizations(admin: false) { nodes { id slug rawSlug name type paidPlan billable viewerRole internalNumericId } } }'

export async function organizations({ api }: Pick<Context, 'api'>): Promise<unknown[]> {
  return list(field(field(await api.query(ORGANIZATIONS), 'organizations'), 'nodes'))
}

async function listAll(context: Context): Promise<void> {
  const { flags, stdout, json } = context
  const rows = (await organizations(context)).map((node) => ({
    name: text(node, 'name') ?? '',
    slug: text(node, 'slug') ?? '',
    type: text(node, 'type') ?? '',
  }))
  if (flags.on('json')) return json(Object.fromEntries(rows.map(({ slug, name }) => [slug, name])))
  const line = (name: string, slug: string, type: string) =>
    stdout(`${name.padEnd(20)} ${slug.padEnd(20)} ${type.padEnd(10)}`)
  line('Name', 'Slug', 'Type')
  line('----', '----', '----')
  for (const { name, slug, type } of rows) line(name, slug, type)
}

const DETAILS = `query($slug: String!) { organizationdetails: organization(slug: $slug) {
  id slug rawSlug name type viewerRole internalNumericId remoteBuilderImage remoteBuilderApp { name }
  members { edges { cursor node { id name email } joinedAt role } } } }`

async function show(context: Context): Promise<void> {
  const { flags, api, stdout, json } = context
  const [slug] = flags.rest
  if (slug === undefined) throw nonInteractive('org slug')
  const failing = `failed retrieving organization with slug ${slug}`
  await within(failing, organizationBySlug(context, slug))
  const organization = field(await within(failing, api.query(flat(DETAILS), { slug })), 'organizationdetails')
  const part = (name: string) => text(organization, name) ?? ''
  const members = list(field(field(organization, 'members'), 'edges')).map((edge) => ({
    name: text(field(edge, 'node'), 'name') ?? '',
    email: text(field(edge, 'node'), 'email') ?? '',
    role: text(edge, 'role') ?? '',
    edge,
  }))
  if (flags.on('json')) return json(detailsJson(organization))
  for (const [name, value] of [
    ['Name', part('name')],
    ['Slug', part('slug')],
    ['Type', part('type')],
  ] as const) {
    if (name === 'Name') stdout('Organization')
    stdout(`${name.padEnd(10)}: ${value.padEnd(20)}`)
  }
  stdout('')
  stdout('Summary')
  stdout(`You have ${part('viewerRole')} permissions on this organizaton`)
  stdout(`There are ${members.length} members associated with this organization`)
  stdout('')
  stdout('Organization Members')
  boxed([['NAME', 'EMAIL', 'ROLE'], ...members.map(({ name, email, role }) => [name, email, role])]).forEach(stdout)
}

/** The one table flyctl draws with a border. */
function boxed(lines: readonly (readonly string[])[]): string[] {
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const rule = (left: string, cross: string, right: string) =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(cross) + right
  const set = (cell: string, width: number, head: boolean) =>
    (head ? ' '.repeat((width - cell.length) >> 1) + cell : cell).padEnd(width)
  const [head = '', ...rows] = lines.map(
    (line, at) => `│ ${line.map((cell, column) => set(cell, widths[column] ?? 0, at === 0)).join(' │ ')} │`,
  )
  return [rule('┌', '┬', '┐'), head, rule('├', '┼', '┤'), ...rows, rule('└', '┴', '┘')]
}

function detailsJson(organization: unknown): unknown {
  const builder = field(organization, 'remoteBuilderApp')
  return {
    ID: text(organization, 'id') ?? '',
    InternalNumericID: String(field(organization, 'internalNumericId') ?? ''),
    Name: text(organization, 'name') ?? '',
    RemoteBuilderImage: text(organization, 'remoteBuilderImage') ?? '',
    RemoteBuilderApp: builder ? appJson({ Name: text(builder, 'name') ?? '' }) : null,
    Slug: text(organization, 'slug') ?? '',
    Type: text(organization, 'type') ?? '',
    ViewerRole: text(organization, 'viewerRole') ?? '',
    Apps: { Nodes: null },
    Members: { Edges: list(field(field(organization, 'members'), 'edges')).map(memberJson) },
  }
}

const memberJson = (edge: unknown): unknown => ({
  Cursor: text(edge, 'cursor') ?? '',
  Node: {
    ID: text(field(edge, 'node'), 'id') ?? '',
    Name: text(field(edge, 'node'), 'name') ?? '',
    Email: text(field(edge, 'node'), 'email') ?? '',
    EnablePaidHobby: false,
  },
  Role: text(edge, 'role') ?? '',
  JoinedAt: text(edge, 'joinedAt') ?? '',
})
