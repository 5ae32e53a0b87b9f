import { field, list, text } from '../api.ts'
import { flat } from '../app-query.ts'
import type { Context } from '../context.ts'
import { appJson } from '../go/app.ts'
import { zeroOrganization } from '../go/organization.ts'

const FULL = `query ($appName: String!) { app(name: $appName) {
  id internalNumericId name hostname deployed status version appUrl platformVersion
  currentRelease { evaluationId status inProgress version } config { definition }
  organization { id slug paidPlan } services { description protocol internalPort ports { port handlers } }
  ipAddresses { nodes { id address type createdAt } } sharedIpAddress cnameTarget
  imageDetails { registry repository tag digest version }
  machines{ nodes { id name config state region createdAt app { name } ips { nodes { family kind ip maskSize } } host { id } } }
  postgresAppRole: role { name } } }`

export const fullApp = async ({ api }: Pick<Context, 'api'>, appName: string): Promise<unknown> =>
  field(await api.query(flat(FULL), { appName }), 'app')

export function fullAppJson(app: unknown): unknown {
  const part = (name: string) => text(app, name) ?? ''
  const owner = field(app, 'organization')
  return appJson({
    ID: part('id'),
    InternalNumericID: field(app, 'internalNumericId') ?? 0,
    Name: part('name'),
    Status: part('status'),
    Deployed: field(app, 'deployed') === true,
    Hostname: part('hostname'),
    AppURL: part('appUrl'),
    Version: field(app, 'version') ?? 0,
    Organization: {
      ...zeroOrganization,
      ID: text(owner, 'id') ?? '',
      Slug: text(owner, 'slug') ?? '',
      PaidPlan: field(owner, 'paidPlan') === true,
    },
    IPAddresses: { Nodes: list(field(field(app, 'ipAddresses'), 'nodes')) },
    SharedIPAddress: part('sharedIpAddress'),
    CNAMETarget: part('cnameTarget'),
    PlatformVersion: part('platformVersion'),
    Machines: { Nodes: list(field(field(app, 'machines'), 'nodes')) },
  })
}
