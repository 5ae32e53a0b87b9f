import { createHmac, createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { simulator } from '../test/client.ts'
import { ALGORITHMS, KeyType } from './key-types.ts'
import { sealBox } from './secretbox.ts'
import { seal } from './xaes.ts'

const KEYS = '/v1/apps/acme-web/secretkeys'
const bytes = (text: string) => [...Buffer.from(text)]
const Signed = z.looseObject({ signature: z.array(z.number()) })
const Sealed = z.looseObject({ ciphertext: z.array(z.number()) })
const Key = z.looseObject({ public_key: z.array(z.number()) })

const SIGNERS = KeyType.options.filter((type) => ALGORITHMS[type].sign)

test.each(SIGNERS)('a generated %s key verifies what it signed and nothing else', async (type) => {
  const { ask } = await simulator()
  expect(await ask('POST', `${KEYS}/k/generate`, { body: { type } })).toMatchObject({
    status: 201,
    body: { name: 'k', type },
  })
  const { signature } = Signed.parse((await ask('POST', `${KEYS}/k/sign`, { body: { plaintext: bytes('hi') } })).body)
  const check = async (plaintext: number[], said: number[]) =>
    (await ask('POST', `${KEYS}/k/verify`, { body: { plaintext, signature: said } })).status
  expect(await check(bytes('hi'), signature)).toBe(204)
  expect(await check(bytes('ho'), signature)).toBe(400)
  expect(await check(bytes('hi'), [...signature.slice(1), 0])).toBe(400)
  expect((await ask('POST', `${KEYS}/k/encrypt`, { body: { plaintext: [1] } })).status).toBe(400)
})

test('signatures are those of the algorithm, so that others can check them', async () => {
  const { ask } = await simulator()
  const value = Buffer.alloc(32, 7)
  const put = (name: string, type: string) => ask('POST', `${KEYS}/${name}`, { body: { type, value: [...value] } })
  const sign = async (name: string) =>
    Buffer.from(
      Signed.parse((await ask('POST', `${KEYS}/${name}/sign`, { body: { plaintext: bytes('x') } })).body).signature,
    )
  await put('mac', 'hs256')
  expect(await sign('mac')).toEqual(createHmac('sha256', value).update('x').digest())
  const es256 = Key.parse((await put('jwt', 'es256')).body)
  const key = createPublicKey({ key: Buffer.from(es256.public_key), format: 'der', type: 'spki' })
  expect(verify('sha256', Buffer.from('x'), { key, dsaEncoding: 'ieee-p1363' }, await sign('jwt'))).toBe(true)
  const ed25519 = Key.parse((await put('sig', 'nacl_sign')).body)
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(ed25519.public_key).toString('base64url') }
  expect(verify(null, Buffer.from('x'), createPublicKey({ key: jwk, format: 'jwk' }), await sign('sig'))).toBe(true)
})

test('what was encrypted can be decrypted with the same key and the same associated data', async () => {
  const { ask } = await simulator()
  await ask('POST', `${KEYS}/box/generate`, { body: { type: 'xaes256gcm' } })
  const plaintext = bytes('a secret')
  const { ciphertext } = Sealed.parse(
    (await ask('POST', `${KEYS}/box/encrypt`, { body: { plaintext, associated_data: [1, 2] } })).body,
  )
  const open = (body: unknown) => ask('POST', `${KEYS}/box/decrypt`, { body })
  expect(await open({ ciphertext, associated_data: [1, 2] })).toMatchObject({ status: 200, body: { plaintext } })
  // Go clients send bytes as Base64.
  const base64 = { ciphertext: Buffer.from(ciphertext).toString('base64'), associated_data: 'AQI=' }
  expect(await open(base64)).toMatchObject({ status: 200, body: { plaintext } })
  expect((await open({ ciphertext })).status).toBe(400)
  expect((await open({ ciphertext: ciphertext.slice(1), associated_data: [1, 2] })).status).toBe(400)
  expect((await ask('POST', `${KEYS}/box/sign`, { body: { plaintext } })).status).toBe(400)
})

test('what flyctl calls an encrypting key is a NaCl secretbox, and no more', async () => {
  const { ask } = await simulator()
  await ask('POST', `${KEYS}/enc/generate`, { body: { type: 'nacl_secretbox' } })
  const plaintext = bytes('a secret that is longer than one block of the key stream, which has sixty-four bytes')
  const { ciphertext } = Sealed.parse((await ask('POST', `${KEYS}/enc/encrypt`, { body: { plaintext } })).body)
  const open = (body: unknown) => ask('POST', `${KEYS}/enc/decrypt`, { body })
  expect(await open({ ciphertext })).toMatchObject({ status: 200, body: { plaintext } })
  expect((await open({ ciphertext: ciphertext.with(-1, (ciphertext.at(-1) ?? 0) ^ 1) })).status).toBe(400)
  expect((await open({ ciphertext, associated_data: [1] })).status).toBe(400)
})

test('a secretbox is the one that NaCl prints', () => {
  const hex = (text: string) => Buffer.from(text, 'hex')
  const key = hex('1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389')
  const nonce = hex('69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37')
  const plaintext = hex(
    'be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f4' +
      '1db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52' +
      'f0a089bc76897040e082f937763848645e0705',
  )
  expect(sealBox(key, nonce, plaintext).toString('hex')).toBe(
    'f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b' +
      '4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da' +
      '99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74e355a5',
  )
})

test('XAES-256-GCM gives what its specification prints', () => {
  const nonce = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWX')
  const plaintext = Buffer.from('XAES-256-GCM')
  expect(seal(Buffer.alloc(32, 1), nonce, { plaintext, associated: Buffer.alloc(0) }).toString('hex')).toBe(
    'ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271',
  )
  const associated = Buffer.from('c2sp.org/XAES-256-GCM')
  expect(seal(Buffer.alloc(32, 3), nonce, { plaintext, associated }).toString('hex')).toBe(
    '986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d',
  )
})

test('a key is listed by its type, never with its value, and raises the version of the secrets', async () => {
  const { ask } = await simulator()
  const made = await ask('POST', `${KEYS}/one/generate`, { body: { type: 'hs512' } })
  const { version } = z.looseObject({ version: z.number() }).parse(made.body)
  await ask('POST', `${KEYS}/two/generate`, { body: { type: 'nacl_box' } })
  expect((await ask('GET', KEYS)).body).toMatchObject({ secret_keys: [{ name: 'one' }, { name: 'two' }] })
  expect((await ask('GET', `${KEYS}?types=nacl_box,es256`)).body).toMatchObject({ secret_keys: [{ name: 'two' }] })
  expect((await ask('GET', `${KEYS}?types=rsa`)).status).toBe(400)
  expect((await ask('GET', `${KEYS}/one?min_version=${version + 1}`)).status).toBe(200)
  expect((await ask('GET', `${KEYS}/one?min_version=${version + 2}`)).status).toBe(422)
  expect(JSON.stringify((await ask('GET', `${KEYS}/one`)).body)).not.toContain('value')
  expect(await ask('DELETE', `${KEYS}/one`)).toMatchObject({ status: 200, body: { version: version + 2 } })
  expect((await ask('GET', `${KEYS}/one`)).status).toBe(404)
})

test('a value that is no key of its type is refused and changes nothing', async () => {
  const { ask } = await simulator()
  const put = async (body: unknown) => (await ask('POST', `${KEYS}/k`, { body })).status
  for (const type of KeyType.options) expect(await put({ type, value: [1, 2, 3] }), type).toBe(400)
  expect(await put({ type: 'rsa', value: Array(32).fill(1) })).toBe(400)
  expect(await put({ type: 'hs256', value: [256] })).toBe(400)
  expect(await put({ type: 'hs256', value: 'not base64!' })).toBe(400)
  expect((await ask('GET', KEYS)).body).toEqual({ secret_keys: [] })
})
