import { field, text } from '../api.ts'
import { appName } from '../app-name.ts'
import { compactApp, flat, organizationBySlug } from '../app-query.ts'
import type { Context } from '../context.ts'
import { within } from '../failure.ts'
import { nonInteractive } from '../prompt.ts'
import { readToken } from '../token.ts'
import { toCommands, toConsole, toReading } from './narrow.ts'

const CREATE = `mutation CreateLimitedAccessToken ($name: String!, $organizationId: ID!, $profile: String!, $profileParams: JSON, $expiry: String!) {
  createLimitedAccessToken(input: {name:$name,organizationId:$organizationId,profile:$profile,profileParams:$profileParams,expiry:$expiry}) {
  limitedAccessToken { tokenHeader } } }`
/** Twenty years, as flyctl writes it. */
const EXPIRY = '175200h0m0s'

interface Wanted {
  name: string
  organizationId: string
  profile: string
  profileParams?: Readonly<Record<string, unknown>>
}

/** flyctl narrows by itself what it got, which needs no key. */
type Narrow = (token: string) => string
const asItIs: Narrow = (token) => token

async function create(context: Context, wanted: Wanted, narrow: Narrow): Promise<void> {
  const { api, flags, stdout, json } = context
  const variables = {
    profileParams: {},
    ...wanted,
    name: flags.text('name') ?? wanted.name,
    expiry: flags.text('expiry') ?? EXPIRY,
  }
  const asked = within('failed creating token', api.query(flat(CREATE), variables, 'CreateLimitedAccessToken'))
  const made = field(field(await asked, 'createLimitedAccessToken'), 'limitedAccessToken')
  const token = narrow(text(made, 'tokenHeader') ?? '')
  if (flags.on('json')) json({ token })
  else stdout(token)
}

async function forApp(context: Context, name: string, narrow = asItIs): Promise<void> {
  const app = appName(context)
  const found = await within(`failed retrieving app ${app}`, compactApp(context, app))
  const organizationId = text(field(found, 'organization'), 'id') ?? ''
  const wanted = { name, organizationId, profile: 'deploy', profileParams: { app_id: text(found, 'id') ?? app } }
  await create(context, wanted, narrow)
}

async function forOrganization(context: Context, name: string, narrow = asItIs): Promise<void> {
  const [slug = context.flags.text('org')] = context.flags.rest
  if (slug === undefined) throw nonInteractive('org slug')
  const organizationId =
    text(
      await within(
        `failed retrieving org failed retrieving organization with slug ${slug}`,
        organizationBySlug(context, slug),
      ),
      'id',
    ) ?? ''
  await create(context, { name, organizationId, profile: 'deploy_organization' }, narrow)
}

export const createDeploy = (context: Context): Promise<void> => forApp(context, 'flyctl deploy token')

export const createOrg = (context: Context): Promise<void> => forOrganization(context, 'Org deploy token')

export async function createReadonly(context: Context): Promise<void> {
  const { env, flags, json, stdout } = context
  if (!flags.on('from-existing')) return forOrganization(context, 'Read-only org token', toReading)
  const token = toReading(`FlyV1 ${readToken(env, flags.text('access-token')) ?? ''}`)
  if (flags.on('json')) json({ token })
  else stdout(token)
}

export const createSsh = (context: Context): Promise<void> => forApp(context, 'flyctl ssh token', toConsole)

export async function createMachineExec(context: Context): Promise<void> {
  const { flags } = context
  const words = (exact: boolean) => (said: string) => ({ args: said.split(/\s+/), exact })
  const allowed = [
    ...(flags.rest.length > 0 ? [{ args: flags.rest, exact: true }] : []),
    ...flags.list('command').map(words(true)),
    ...flags.list('command-prefix').map(words(false)),
  ]
  await forApp(context, 'flyctl machine-exec token', (token) => toCommands(token, allowed))
}
