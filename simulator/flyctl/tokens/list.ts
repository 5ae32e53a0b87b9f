import { field, list, text } from '../api.ts'
import { appName } from '../app-name.ts'
import { organizationBySlug } from '../app-query.ts'
import type { Context } from '../context.ts'
import { FlyctlError, within } from '../failure.ts'
import type { Flags } from '../flags.ts'
import { table } from '../print.ts'
import { nonInteractive } from '../prompt.ts'

const NODES = 'limitedAccessTokens { nodes { id name expiresAt revokedAt user { email } } }'
const OF_APP = `query ($appName: String!) { appLimitedAccessTokens: app(name: $appName) { ${NODES} } }`
const OF_ORGANIZATION = `query ($slug: String!) { orgLimitedAccessTokens: organization(slug: $slug) { ${NODES} } }`

export async function listTokens(context: Context): Promise<void> {
  const { stdout } = context
  const { title, owner } = scopeOf(context.flags) === 'app' ? await ofApp(context) : await ofOrganization(context)
  const nodes = list(field(field(owner, 'limitedAccessTokens'), 'nodes'))
  const rows = nodes.map((token) => [
    text(token, 'id'),
    text(token, 'name'),
    text(field(token, 'user'), 'email'),
    time(text(token, 'expiresAt')),
    time(text(token, 'revokedAt')),
  ])
  stdout(title)
  table({ columns: ['ID', 'Name', 'Created By', 'Expires At', 'Revoked At'], rows }).forEach(stdout)
}

/** An app is the narrower, so it wins; without any hint it is the app. */
function scopeOf(flags: Flags): 'app' | 'org' {
  const scope = flags.text('scope') ?? ''
  if (flags.text('app') || flags.text('config') || scope === 'app') return 'app'
  if (flags.text('org') || scope === 'org') return 'org'
  if (scope === '') return 'app'
  throw new FlyctlError('failed retrieving scope: Please provide a valid scope: "app" or "org".')
}

async function ofApp(context: Context): Promise<{ title: string; owner: unknown }> {
  const app = appName(context)
  const asked = within(`failed retrieving tokens for app ${app}`, context.api.query(OF_APP, { appName: app }))
  return { title: `Tokens for app "${app}":`, owner: field(await asked, 'appLimitedAccessTokens') }
}

async function ofOrganization(context: Context): Promise<{ title: string; owner: unknown }> {
  const slug = context.flags.text('org')
  if (slug === undefined) throw nonInteractive('org slug')
  await within(
    `failed retrieving org failed retrieving organization with slug ${slug}`,
    organizationBySlug(context, slug),
  )
  const asked = within(`failed retrieving tokens for org ${slug}`, context.api.query(OF_ORGANIZATION, { slug }))
  return { title: `Tokens for organization "${slug}":`, owner: field(await asked, 'orgLimitedAccessTokens') }
}

/** Go's way to print a time: `2046-11-21 04:55:08.077 +0000 UTC`. */
const time = (iso: string | undefined): string =>
  iso === undefined
    ? ''
    : `${iso
        .replace('T', ' ')
        .replace(/(\.\d*?)0*Z$/, '$1')
        .replace(/[.Z]$/, '')} +0000 UTC`
