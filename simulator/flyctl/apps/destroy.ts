import { field, text } from '../api.ts'
import { organizationBySlug } from '../app-query.ts'
import type { Context } from '../context.ts'
import { confirmed } from '../prompt.ts'
import { fullApp } from './full-app.ts'

const ADD_ONS = `query ListOrganizationAddOns ($orgSlug: String!, $addOnType: AddOnType) {
  organization(slug: $orgSlug) { addOns(type: $addOnType) { nodes { id name
  addOnPlan { displayName description } privateIp primaryRegion readRegions options metadata } } } }`

export async function destroy(context: Context): Promise<void> {
  const { api, flags, stdout, stderr } = context
  for (const name of flags.rest) {
    const warning = () => stderr('Destroying an app is not reversible.')
    if (!(await confirmed(context, { question: `Destroy app ${name}?`, warning }))) return
    const slug = text(field(await fullApp(context, name), 'organization'), 'slug') ?? ''
    await organizationBySlug(context, slug)
    await api.query(ADD_ONS, { orgSlug: slug, addOnType: 'tigris' }, 'ListOrganizationAddOns')
    await api.get({ service: 'flaps', method: 'DELETE', path: `/v1/apps/${encodeURIComponent(name)}` })
    stdout(`Destroyed app ${name}`)
  }
}
