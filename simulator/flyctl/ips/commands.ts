import { field, list, text } from '../api.ts'
import { appName } from '../app-name.ts'
import { egressAddresses, flat } from '../app-query.ts'
import { ANY, type Command, type Family } from '../command.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { APP, JSON_OUTPUT, ORG, REGION, YES } from '../flags.ts'
import { NEVER } from '../go/app.ts'
import { day, table } from '../print.ts'
import { confirmed } from '../prompt.ts'

const all: Command = { flags: { ...APP, ...JSON_OUTPUT }, run: listAll }

export const IPS: Family = {
  list: all,
  ls: all,
  'allocate-v6': {
    flags: { ...APP, ...REGION, ...ORG, network: { kind: 'text' }, private: { kind: 'yes-no' } },
    run: allocateV6,
  },
  'allocate-v4': { flags: { ...APP, ...REGION, ...YES, shared: { kind: 'yes-no' } }, run: allocateV4 },
  release: { flags: APP, args: [1, ANY], usage: 'ADDRESS ADDRESS ...', run: release },
}

const ADDRESSES = `query ($appName: String!) { app(name: $appName) { ipAddresses { nodes {
  id address type region createdAt network { name organization { slug } } serviceName } } sharedIpAddress } }`

interface Address {
  id: string
  address: string
  type: string
  region: string
  createdAt: string
  serviceName: string
  network: unknown
}

/** The address all apps share has no id and no time of its own. */
async function addresses({ api }: Context, app: string): Promise<Address[]> {
  const found = field(await api.query(flat(ADDRESSES), { appName: app }), 'app')
  const own = list(field(field(found, 'ipAddresses'), 'nodes')).map(addressOf)
  const shared = text(found, 'sharedIpAddress')
  return shared === undefined ? own : [...own, addressOf({ address: shared, type: 'shared_v4' })]
}

const addressOf = (node: unknown): Address => ({
  id: text(node, 'id') ?? '',
  address: text(node, 'address') ?? '',
  type: text(node, 'type') ?? '',
  region: text(node, 'region') ?? '',
  createdAt: text(node, 'createdAt') ?? NEVER,
  serviceName: text(node, 'serviceName') ?? '',
  network: field(node, 'network') ?? null,
})

async function listAll(context: Context): Promise<void> {
  const { flags, stdout, json } = context
  const app = appName(context)
  const own = await addresses(context, app)
  const egress = (await egressAddresses(context, app)).map((node) =>
    addressOf({
      id: text(node, 'id'),
      address: text(node, 'ip'),
      type: `egress_v${field(node, 'version')}`,
      region: text(node, 'region'),
      createdAt: text(node, 'updatedAt'),
    }),
  )
  const found = [...own, ...egress]
  if (flags.on('json'))
    return json(
      found.map(
        ({ id: ID, address: Address, type: Type, region: Region, createdAt: CreatedAt, serviceName, network }) => ({
          ...{ ID, Address, Type, Region, CreatedAt, ServiceName: serviceName, Network: network },
        }),
      ),
    )
  show(found).forEach(stdout)
  const docs = 'https://fly.io/docs/networking/services/'
  stdout(`Learn more about Fly.io public, private, shared and dedicated IP addresses in our docs: ${docs}`)
}

const KINDS: Readonly<Record<string, readonly [string, string]>> = {
  v4: ['v4', 'public ingress (dedicated, $2/mo)'],
  shared_v4: ['v4', 'public ingress (shared)'],
  v6: ['v6', 'public ingress (dedicated)'],
  private_v6: ['v6', 'private ingress'],
  egress_v4: ['v4', 'egress'],
  egress_v6: ['v6', 'egress'],
}

function show(found: readonly Address[]): string[] {
  const rows = found.map(({ address, type, region, createdAt }) => {
    const [version = '', kind = ''] = KINDS[type] ?? ['', type]
    return [version, address, kind, region, when(createdAt)]
  })
  return table({ columns: ['Version', 'IP', 'Type', 'Region', 'Created At'], rows })
}

/** Of the last minute it says `just now`. */
const MINUTE_MS = 60_000
const when = (iso: string): string => (Date.now() - Date.parse(iso) < MINUTE_MS ? 'just now' : day(iso))

const ALLOCATE = `mutation($input: AllocateIPAddressInput!) { allocateIpAddress(input: $input) { ipAddress { id address type region createdAt } } }`
const SHARE = `mutation($input: AllocateIPAddressInput!) { allocateIpAddress(input: $input) { app { sharedIpAddress } } }`

async function allocate(context: Context, input: Readonly<Record<string, unknown>>): Promise<void> {
  const { api, flags, stdout } = context
  const wanted = { appId: appName(context), region: flags.text('region') ?? '', ...input }
  const answer = field(await api.query(ALLOCATE, { input: wanted }), 'allocateIpAddress')
  show([addressOf(field(answer, 'ipAddress'))]).forEach(stdout)
}

async function allocateV6(context: Context): Promise<void> {
  const { flags } = context
  const network = flags.text('network')
  const type = flags.on('private') ? 'private_v6' : 'v6'
  await allocate(context, { type, ...(network === undefined ? {} : { network }) })
}

const DEDICATED = 'A dedicated IPv4 address costs $2 a month. Allocate one?'

async function allocateV4(context: Context): Promise<void> {
  const { api, flags, stdout } = context
  if (!flags.on('shared')) {
    if (!(await confirmed(context, { question: DEDICATED }))) throw new FlyctlError('user aborted')
    return allocate(context, { type: 'v4' })
  }
  const input = { appId: appName(context), type: 'shared_v4', region: flags.text('region') ?? '' }
  const answer = field(await api.query(SHARE, { input }), 'allocateIpAddress')
  const rows = [['v4', text(field(answer, 'app'), 'sharedIpAddress'), 'shared', 'global']]
  table({ columns: ['Version', 'IP', 'Type', 'Region'], rows }).forEach(stdout)
}

const RELEASE = 'mutation($input: ReleaseIPAddressInput!) { releaseIpAddress(input: $input) { clientMutationId } }'

async function release(context: Context): Promise<void> {
  const { api, flags, stdout } = context
  const app = appName(context)
  for (const ip of flags.rest) {
    await api.query(RELEASE, { input: { appId: app, ip } })
    stdout(`Released ${ip} from ${app}`)
  }
}
