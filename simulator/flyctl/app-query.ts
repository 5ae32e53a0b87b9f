import { field, list } from './api.ts'
import type { Context } from './context.ts'

type Asking = Pick<Context, 'api'>

const COMPACT = `query ($appName: String!) { appcompact:app(name: $appName) {
  id internalNumericId name hostname cnameTarget deployed network status appUrl platformVersion
  organization { id internalNumericId slug paidPlan } postgresAppRole: role { name } } }`

/** The app as most commands ask for it first. */
export const compactApp = async ({ api }: Asking, appName: string): Promise<unknown> =>
  field(await api.query(flat(COMPACT), { appName }), 'appcompact')

const BASIC = `query ($appName: String!) { appbasic:app(name: $appName) {
  id name platformVersion organization { id internalNumericId slug rawSlug paidPlan } } }`

export const basicApp = async ({ api }: Asking, appName: string): Promise<unknown> =>
  field(await api.query(flat(BASIC), { appName }), 'appbasic')

const ORGANIZATION = `query($slug: String!) { organization(slug: $slug) {
  id internalNumericId slug rawSlug name type billable } }`

export const organizationBySlug = async ({ api }: Asking, slug: string): Promise<unknown> =>
  field(await api.query(flat(ORGANIZATION), { slug }), 'organization')

const EGRESS = `query ($appName: String!) { app(name: $appName) {
  egressIpAddresses { nodes { id ip version region updatedAt } } } }`

/** The outgoing addresses of an app; also asked for after every launch. */
export const egressAddresses = async ({ api }: Asking, appName: string): Promise<unknown[]> =>
  list(field(field(field(await api.query(flat(EGRESS), { appName }), 'app'), 'egressIpAddresses'), 'nodes'))

/** flyctl repeats a failed query in its message, on one line. */
export const flat = (query: string): string => query.replace(/\s+/g, ' ')
