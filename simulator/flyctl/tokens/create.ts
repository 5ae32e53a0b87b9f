import { field, text } from '../api.ts'
import { appName } from '../app-name.ts'
import { compactApp, flat, organizationBySlug } from '../app-query.ts'
import type { Context } from '../context.ts'
import { FlyctlError, within } from '../failure.ts'
import { nonInteractive } from '../prompt.ts'

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

async function create(context: Context, wanted: Wanted): Promise<void> {
  const { api, flags, stdout, json } = context
  const variables = {
    profileParams: {},
    ...wanted,
    name: flags.text('name') ?? wanted.name,
    expiry: flags.text('expiry') ?? EXPIRY,
  }
  const asked = within('failed creating token', api.query(flat(CREATE), variables, 'CreateLimitedAccessToken'))
  const token = text(field(field(await asked, 'createLimitedAccessToken'), 'limitedAccessToken'), 'tokenHeader') ?? ''
  if (flags.on('json')) json({ token })
  else stdout(token)
}

async function forApp(context: Context, { name, profile }: { name: string; profile: string }): Promise<void> {
  const app = appName(context)
  const found = await within(`failed retrieving app ${app}`, compactApp(context, app))
  const organizationId = text(field(found, 'organization'), 'id') ?? ''
  await create(context, { name, organizationId, profile, profileParams: { app_id: text(found, 'id') ?? app } })
}

async function forOrganization(context: Context, name: string): Promise<void> {
  const slug = context.flags.text('org')
  if (slug === undefined) throw nonInteractive('org slug')
  const organizationId = text(await organizationBySlug(context, slug), 'id') ?? ''
  await create(context, { name, organizationId, profile: 'deploy_organization' })
}

export const createDeploy = (context: Context): Promise<void> =>
  forApp(context, { name: 'flyctl deploy token', profile: 'deploy' })

export const createOrg = (context: Context): Promise<void> => forOrganization(context, 'Org deploy token')

/**
 * The real one makes an organization's token and narrows it by itself, with caveats that only it and Fly understand.
 * Here Fly is asked for the narrow one at once.
 */
export async function createReadonly(context: Context): Promise<void> {
  if (context.flags.on('from-existing')) throw new FlyctlError('this stand-in cannot narrow tokens by itself')
  await forOrganization(context, 'Read-only org token')
}

export const createSsh = (context: Context): Promise<void> =>
  forApp(context, { name: 'flyctl ssh token', profile: 'deploy' })

export const createMachineExec = (context: Context): Promise<void> =>
  forApp(context, { name: 'flyctl machine-exec token', profile: 'deploy' })
