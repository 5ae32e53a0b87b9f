import fc from 'fast-check'
import { selfSigned } from '../test/self-signed.ts'
import { arbitraryOf, type Making, maybe, type Words } from './arbitrary.ts'
import type { Operation } from './description.ts'
import { APP, type LivingWorld, ORG, type Role, SPARE } from './living-world.ts'
import type { Definitions } from './schema.ts'
import { wordsFor } from './words.ts'

/** What a body has to bring (Fly docs and official client): the description says so of almost nothing. */
const NEEDED: Record<string, readonly string[]> = {
  'POST /apps': ['name', 'org_slug'],
  'POST /apps/{app_name}/certificates/acme': ['hostname'],
  'POST /apps/{app_name}/certificates/custom': ['hostname', 'fullchain', 'private_key'],
  'POST /apps/{app_name}/ip_assignments': ['type'],
  'POST /apps/{app_name}/machines': ['config.image'],
  'POST /apps/{app_name}/machines/{machine_id}': ['config.image'],
  'POST /apps/{app_name}/machines/{machine_id}/exec': ['command'],
  'PUT /apps/{app_name}/machines/{machine_id}/memory': ['limit_mb'],
  'POST /apps/{app_name}/machines/{machine_id}/memory/reclaim': ['amount_mb'],
  'PUT /apps/{app_name}/machines/{machine_id}/metadata': ['metadata'],
  'PATCH /apps/{app_name}/machines/{machine_id}/metadata': ['metadata'],
  'POST /apps/{app_name}/machines/{machine_id}/metadata/{key}': ['value'],
  'POST /apps/{app_name}/machines/{machine_id}/signal': ['signal'],
  'POST /apps/{app_name}/secretkeys/{secret_name}': ['type', 'value'],
  'POST /apps/{app_name}/secretkeys/{secret_name}/generate': ['type'],
  'POST /apps/{app_name}/secretkeys/{secret_name}/encrypt': ['plaintext'],
  'POST /apps/{app_name}/secretkeys/{secret_name}/decrypt': ['ciphertext'],
  'POST /apps/{app_name}/secretkeys/{secret_name}/sign': ['plaintext'],
  'POST /apps/{app_name}/secretkeys/{secret_name}/verify': ['plaintext', 'signature'],
  'POST /apps/{app_name}/secrets': ['values'],
  'POST /apps/{app_name}/secrets/{secret_name}': ['value'],
  'POST /apps/{app_name}/volumes': ['name'],
  'PUT /apps/{app_name}/volumes/{volume_id}/extend': ['size_gb'],
  'POST /platform/placements': ['org_slug'],
  'POST /tokens/authenticate': ['header'],
  'POST /tokens/authorize': ['header', 'access.action'],
}
export const neededBy = ({ name }: Operation): readonly string[] => NEEDED[name] ?? []

function roleFor({ name }: Operation): Role {
  if (name === 'DELETE /apps/{app_name}/machines/{machine_id}') return 'victim'
  // An update cannot change mounts: the machine of it has none.
  if (name === 'POST /apps/{app_name}/machines/{machine_id}') return 'victim'
  return name.endsWith('/start') ? 'sleeper' : 'runner'
}

/** A volume somebody mounts to look at, one that is free to change. */
function volumeFor({ method }: Operation, { app, world }: LivingWorld): string | undefined {
  const volumes = [...app().volumes].flatMap((id) => world.volumes.get(id) ?? [])
  const mounted = volumes.find(({ attachedMachineId }) => attachedMachineId !== undefined)
  const free = volumes.findLast(({ attachedMachineId, state }) => !attachedMachineId && state === 'created')
  return (method === 'GET' ? mounted : free)?.id
}

function hostnameFor({ name }: Operation, { app }: LivingWorld): string | undefined {
  const uploaded = name.startsWith('DELETE') && name.endsWith('/custom')
  const word = uploaded ? 'custom' : name.endsWith('/check') ? 'wrong' : 'right'
  return app().certificates.find(({ hostname }) => hostname.startsWith(word))?.hostname
}

function secretFor({ path }: Operation): string {
  if (path.includes('/secrets/')) return 'PLAIN'
  return path.endsWith('crypt') ? 'sealer' : 'signer'
}

/** What a path parameter of an operation stands for in the living world, as it is now. */
function inPath(operation: Operation, parameter: string, living: LivingWorld): string | undefined {
  switch (parameter) {
    case 'app_name':
      return operation.name === 'DELETE /apps/{app_name}' ? SPARE : APP
    case 'org_slug':
      return ORG
    case 'machine_id':
      return living.machine(roleFor(operation))?.id
    case 'volume_id':
      return volumeFor(operation, living)
    case 'hostname':
      return hostnameFor(operation, living)
    case 'ip':
      return living.app().ips[0]?.ip
    case 'secret_name':
      return secretFor(operation)
    default:
      return 'owner'
  }
}

export function fillPath(operation: Operation, living: LivingWorld, instead: Record<string, string> = {}): string {
  const filled = operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(instead[name] ?? inPath(operation, name, living) ?? `no-${name}`),
  )
  return `/v1${filled}`
}

/** Good values of the query parameters; those that are not required are there or not. */
export function queryArbitrary(operation: Operation, making: Making): fc.Arbitrary<Record<string, unknown>> {
  const asked = operation.parameters.filter(({ in: where }) => where === 'query')
  const members = asked.map(({ name, schema, required }): [string, fc.Arbitrary<unknown>] => {
    const value = arbitraryOf(making, schema, { path: [name], depth: 0 })
    return [name, required ? value : maybe(value)]
  })
  return fc.record(Object.fromEntries(members))
}

export function withQuery(path: string, query: Record<string, unknown>): string {
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.set(name, String(value))
  return asked.size === 0 ? path : `${path}?${asked}`
}

export interface Ingredients {
  query: Record<string, unknown>
  body: unknown
}

/** Most requests are plausible, some only fit the schema. */
export function ingredients(operation: Operation, definitions: Definitions, living: LivingWorld) {
  const words = wordsFor(operation.name, living)
  const made = (known: Words): fc.Arbitrary<Ingredients> => {
    const making = { definitions, words: known, needed: neededBy(operation) }
    return fc.record({
      query: queryArbitrary(operation, making),
      body: operation.body ? arbitraryOf(making, operation.body) : fc.constant(undefined),
    })
  }
  const { cmd, exec, entrypoint, command, header } = words
  const wild = Object.fromEntries(
    Object.entries({ cmd, exec, entrypoint, command, header }).flatMap(([name, word]) => (word ? [[name, word]] : [])),
  )
  return { plausible: made(words), wild: made(wild) }
}

const bytesOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null && name in body
    ? Object.entries(body).find(([key]) => key === name)?.[1]
    : []

/** Bodies that only the world itself can make: a real ciphertext, a real signature, a real certificate. */
export async function refine(operation: Operation, body: unknown, living: LivingWorld): Promise<unknown> {
  const { ask, world } = living
  const keys = `/v1/apps/${APP}/secretkeys`
  if (operation.name.endsWith('/certificates/custom') && operation.method === 'POST') {
    return selfSigned(`c-${world.random.hex(4)}.example`, { expiresAt: world.clock.now() + 1e10 })
  }
  if (operation.name.endsWith('/decrypt')) {
    const sealed = await ask('POST', `${keys}/sealer/encrypt`, { body: { plaintext: [1, 2, 3], associated_data: [4] } })
    return { ciphertext: bytesOf(sealed.body, 'ciphertext'), associated_data: [4] }
  }
  if (operation.name.endsWith('/verify')) {
    const plaintext = bytesOf(body, 'plaintext')
    const signed = await ask('POST', `${keys}/signer/sign`, { body: { plaintext } })
    return { plaintext, signature: bytesOf(signed.body, 'signature') }
  }
  return body
}

/** Headers of a good request: the nonce of a lease that is taken first, a token that says something of itself. */
export async function headersFor(operation: Operation, living: LivingWorld): Promise<Record<string, string>> {
  if (operation.path === '/tokens/current') return { authorization: `FlyV1 ${living.addresses.tokens.org}` }
  if (!operation.path.endsWith('/lease') || operation.method === 'POST') return {}
  const machine = living.machine('runner')
  await living.ask('POST', `/v1/apps/${APP}/machines/${machine?.id}/lease`, { body: { ttl: 30 } })
  return operation.method === 'DELETE' ? { 'fly-machine-lease-nonce': machine?.lease?.nonce ?? '' } : {}
}
