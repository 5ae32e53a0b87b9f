import { z } from 'zod'
import { appFor } from '../apps/find-app.ts'
import { badRequest, FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, noContent, ok, type Route } from '../http/route.ts'
import type { App } from '../world/types.ts'
import { ALGORITHMS, type Algorithm, KeyType } from './key-types.ts'
import type { SecretKey } from './secret-keys.ts'
import { checkVersion, versionsOf } from './versions.ts'

/** Bytes: a list of numbers in the description, Base64 from Go clients. */
const Bytes = z
  .union([z.array(z.int().min(0).max(255)), z.base64()])
  .transform((value) => (typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.from(value)))
const Name = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/, 'not a name for a secret key')

const appOf = ({ world, principal, params }: Call): App => appFor(world, principal, params.app ?? '')
const bytesView = (value: Buffer) => [...value]

function keyView({ name, type, value, createdAt, updatedAt }: SecretKey) {
  const { publicKey } = ALGORITHMS[type]
  return {
    name,
    type,
    ...(publicKey ? { public_key: bytesView(publicKey(value)) } : {}),
    created_at: new Date(createdAt).toISOString(),
    updated_at: new Date(updatedAt).toISOString(),
  }
}

const Types = z
  .string()
  .transform((text) => text.split(',').filter((word) => word !== ''))
  .pipe(z.array(KeyType))
const ListQuery = z.looseObject({ types: Types.optional() })

function list(call: Call) {
  const app = appOf(call)
  checkVersion(app, call.query)
  const { types } = parse(ListQuery, call.query)
  const keys = call.world.secretKeys.of(app.id).filter(({ type }) => !types?.length || types.includes(type))
  return ok({ secret_keys: keys.map(keyView) })
}

/** The key a path names, once its app has the version that was asked for. */
function keyFor(call: Call): { app: App; key: SecretKey; algorithm: Algorithm } {
  const app = appOf(call)
  checkVersion(app, call.query)
  const key = call.world.secretKeys.find(app.id, call.params.key ?? '')
  if (!key) throw new FlyError(404, 'secret key not found')
  return { app, key, algorithm: ALGORITHMS[key.type] }
}

function put(call: Call, app: App, key: Pick<SecretKey, 'type' | 'value'>) {
  const name = parse(Name, call.params.key)
  const made = call.world.secretKeys.put(app.id, { name, ...key }, call.world.clock.now())
  app.secretsVersion += 1
  return { status: 201, body: { ...keyView(made), ...versionsOf(app) } }
}

function set(call: Call) {
  const app = appOf(call)
  const { type, value } = parse(z.looseObject({ type: KeyType, value: Bytes }), call.body)
  if (!ALGORITHMS[type].fits(value)) throw badRequest(`value is not a key of type ${type}`)
  return put(call, app, { type, value })
}

/** A new key of the type; drawn again in the rare case that the curve has no such scalar. */
function newKey({ world }: Call, type: KeyType): Buffer {
  const { size, fits } = ALGORITHMS[type]
  for (;;) {
    const value = Buffer.from(world.random.hex(2 * size), 'hex')
    if (fits(value)) return value
  }
}

function generate(call: Call) {
  const app = appOf(call)
  const { type } = parse(z.looseObject({ type: KeyType, value: z.null().optional() }), call.body)
  return put(call, app, { type, value: newKey(call, type) })
}

function remove(call: Call) {
  const { app, key } = keyFor(call)
  call.world.secretKeys.remove(app.id, key.name)
  app.secretsVersion += 1
  return ok(versionsOf(app))
}

/** 400 for what a type of key does not do. */
function able<Operation>(operation: Operation | undefined, { type }: SecretKey, verb: string): Operation {
  if (operation === undefined) throw badRequest(`a key of type ${type} cannot ${verb}`)
  return operation
}

const Associated = Bytes.nullish().transform((value) => value ?? Buffer.alloc(0))

function checkAssociated({ plain }: Algorithm, { type }: SecretKey, associated: Buffer): void {
  if (plain && associated.length > 0) throw badRequest(`a key of type ${type} takes no associated_data`)
}

function encrypt(call: Call) {
  const { key, algorithm } = keyFor(call)
  const body = parse(z.looseObject({ plaintext: Bytes, associated_data: Associated }), call.body)
  checkAssociated(algorithm, key, body.associated_data)
  const ciphertext = able(
    algorithm.encrypt,
    key,
    'encrypt',
  )(key.value, {
    plaintext: body.plaintext,
    associated: body.associated_data,
    random: call.world.random,
  })
  return ok({ ciphertext: bytesView(ciphertext) })
}

function decrypt(call: Call) {
  const { key, algorithm } = keyFor(call)
  const body = parse(z.looseObject({ ciphertext: Bytes, associated_data: Associated }), call.body)
  checkAssociated(algorithm, key, body.associated_data)
  const plaintext = able(
    algorithm.decrypt,
    key,
    'decrypt',
  )(key.value, {
    ciphertext: body.ciphertext,
    associated: body.associated_data,
  })
  if (!plaintext) throw badRequest('the ciphertext cannot be decrypted with this key')
  return ok({ plaintext: bytesView(plaintext) })
}

function sign(call: Call) {
  const { key, algorithm } = keyFor(call)
  const { plaintext } = parse(z.looseObject({ plaintext: Bytes }), call.body)
  return ok({ signature: bytesView(able(algorithm.sign, key, 'sign')(key.value, plaintext)) })
}

function verify(call: Call) {
  const { key, algorithm } = keyFor(call)
  const message = parse(z.looseObject({ plaintext: Bytes, signature: Bytes }), call.body)
  if (!able(algorithm.verify, key, 'verify')(key.value, message)) throw badRequest('the signature is not valid')
  return noContent
}

const KEYS = '/v1/apps/:app/secretkeys'
const KEY = `${KEYS}/:key`

export const secretKeyRoutes: Route[] = [
  { method: 'GET', path: KEYS, handle: list },
  { method: 'GET', path: KEY, handle: (call) => ok(keyView(keyFor(call).key)) },
  { method: 'POST', path: KEY, handle: set },
  { method: 'DELETE', path: KEY, handle: remove },
  { method: 'POST', path: `${KEY}/generate`, handle: generate },
  { method: 'POST', path: `${KEY}/encrypt`, handle: encrypt },
  { method: 'POST', path: `${KEY}/decrypt`, handle: decrypt },
  { method: 'POST', path: `${KEY}/sign`, handle: sign },
  { method: 'POST', path: `${KEY}/verify`, handle: verify },
]
