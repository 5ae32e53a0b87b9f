import { buildSchema } from 'graphql'
import { APPS } from './schema-apps.ts'
import { MACHINES } from './schema-machines.ts'
import { MUTATIONS } from './schema-mutations.ts'
import { PEOPLE } from './schema-people.ts'

const ROOTS = `
schema { query: Queries mutation: Mutations }

type Queries {
  viewer: Principal!
  userOnlyToken: Boolean!
  organizations(after: String, before: String, first: Int, last: Int, admin: Boolean, type: OrganizationType, withBillingIssuesOnly: Boolean): OrganizationConnection!
  organization(id: ID, name: String, slug: String): Organization
  apps(after: String, before: String, first: Int, last: Int, organizationId: ID, role: String, active: Boolean, platform: String, type: String, ids: [String!]): AppConnection!
  app(id: String, name: String, internalId: String, key: String): App
  appNameAvailable(name: String!): Boolean!
  certificate(id: ID!): AppCertificate
  machine(machineId: String!): Machine!
  volume(id: ID!): Volume
  platform: FlyPlatform!
  nearestRegion(wireguardGateway: Boolean): Region!
  products: [Product!]!
  validateConfig(definition: JSON!): AppConfig!
  latestImageDetails(image: String!, flyVersion: String): ImageVersion!
  latestImageTag(repository: String!, snapshotId: ID): String!
  canPerformBluegreenDeployment(name: String!): Boolean!
  addOn(id: ID, name: String, provider: String): AddOn
  addOns(after: String, before: String, first: Int, last: Int, type: AddOnType): AddOnConnection!
  addOnPlans(after: String, before: String, first: Int, last: Int, type: AddOnType): AddOnPlanConnection!
}
`

/** Root types are called as in Fly's own schema, so that a look into it finds the same names. */
export const schema = buildSchema([PEOPLE, APPS, MACHINES, MUTATIONS, ROOTS].join('\n'))
