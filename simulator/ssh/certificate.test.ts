import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import ssh2 from 'ssh2'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { type Client, simulator } from '../test/client.ts'
import { createRandom } from '../world/random.ts'
import { authorityOf } from './authority.ts'
import { readCertificate, signCertificate } from './certificate.ts'
import { makeKey, publicLine, readPublicKey } from './keys.ts'

const key = (seed: number) => makeKey(createRandom(seed))
const NONCE = Buffer.alloc(32)
const ORG = 'org_acme_workspaces'
const Issued = z.object({ certificate: z.string(), key: z.string().nullable() })

async function issue(client: Client, input: Record<string, unknown>, token = client.addresses.token) {
  const query = 'mutation($input: IssueCertificateInput!) { issueCertificate(input: $input) { certificate, key } }'
  const { body } = await client.ask('POST', '/graphql', {
    token,
    body: { query, variables: { input: { organizationId: ORG, ...input } } },
  })
  return z
    .object({ data: z.object({ issueCertificate: Issued.nullable() }).nullish(), errors: z.unknown().optional() })
    .parse(body)
}

function keygen(args: string[], files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content, { mode: 0o600 })
  return spawnSync('ssh-keygen', args, { cwd: folder, encoding: 'utf8' })
}

const hasKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined

test('what is signed is read again, whatever it says', () => {
  const name = fc.string({ minLength: 1, unit: 'grapheme-ascii' }).filter((text) => !text.includes(','))
  fc.assert(
    fc.property(fc.array(name), fc.array(name), fc.string(), (principals, apps, keyId) => {
      const authority = key(1)
      const said = { key: key(2).public, serial: 5n, keyId, principals, apps, validAfter: 10, validBefore: 20 }
      const line = signCertificate(authority, NONCE, said)
      expect(readCertificate(authority, Buffer.from(line.split(' ')[1] ?? '', 'base64'))).toEqual(said)
    }),
  )
})

test('a certificate that was touched, cut or signed by somebody else is none', () => {
  const said = {
    key: key(2).public,
    serial: 5n,
    keyId: 'me',
    principals: ['root'],
    apps: [],
    validAfter: 1,
    validBefore: 2,
  }
  const bytes = Buffer.from(signCertificate(key(1), NONCE, said).split(' ')[1] ?? '', 'base64')
  expect(readCertificate(key(3), bytes)).toBeUndefined()
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const touched = Buffer.from(bytes)
      touched[at] = (touched[at] ?? 0) ^ change
      expect(readCertificate(key(1), touched)).toBeUndefined()
      expect(readCertificate(key(1), bytes.subarray(0, at))).toBeUndefined()
    }),
  )
})

test.runIf(hasKeygen)('OpenSSH reads the certificate that GraphQL issues, and the key that comes with it', async () => {
  const client = await simulator()
  const { data } = await issue(client, { principals: ['root', 'fly'], appNames: ['acme-web'], validHours: 1 })
  const { certificate, key: file } = Issued.parse(data?.issueCertificate)
  const { stdout } = keygen(['-L', '-f', 'c-cert.pub'], { 'c-cert.pub': certificate })
  expect(stdout).toContain('Type: ssh-ed25519-cert-v01@openssh.com user certificate')
  expect(stdout).toContain('Key ID: "usr_1001@hangar.example"')
  expect(stdout.replace(/\s+/g, ' ')).toContain('Principals: root fly Critical Options: (none)')
  expect(stdout).toContain('permit-pty')
  const derived = keygen(['-y', '-f', 'key'], { key: file ?? '' }).stdout
  const authority = authorityOf(client.world, 'acme-workspaces')
  const read = readCertificate(authority, Buffer.from(certificate.split(' ')[1] ?? '', 'base64'))
  expect(read?.key).toEqual(readPublicKey(derived))
  expect(read).toMatchObject({ principals: ['root', 'fly'], apps: ['acme-web'] })
  expect((read?.validBefore ?? 0) - (read?.validAfter ?? 0)).toBe(3660)
})

test('the public key of the caller is certified; another kind of key, app or validity is refused', async () => {
  const client = await simulator()
  const publicKey = publicLine(key(9))
  const { data } = await issue(client, { publicKey, principals: ['root'] })
  expect(data?.issueCertificate?.key).toBeNull()
  for (const wrong of [{ publicKey: 'ssh-rsa AAAA' }, { appNames: ['acme-staging'] }, { validHours: 100 }]) {
    expect((await issue(client, wrong)).errors, JSON.stringify(wrong)).toBeDefined()
  }
})

test('a deploy token gets a certificate for its own app alone, a read-only one none', async () => {
  const client = await simulator()
  const { deploy, readonly } = client.addresses.tokens
  const { data } = await issue(client, { principals: ['root'] }, deploy)
  const line = data?.issueCertificate?.certificate.split(' ')[1] ?? ''
  const authority = authorityOf(client.world, 'acme-workspaces')
  expect(readCertificate(authority, Buffer.from(line, 'base64'))?.apps).toEqual(['acme-api'])
  expect((await issue(client, { appNames: ['acme-web'] }, deploy)).errors).toBeDefined()
  expect((await issue(client, { principals: ['root'] }, readonly)).errors).toBeDefined()
})

test('a key that begins with a zero is as long as any other, and so is what is written of it', () => {
  const zero = Array.from({ length: 2_000 }, (_, seed) => key(seed)).find(({ public: half }) => half[0] === 0)
  expect(zero?.public).toHaveLength(32)
  expect(zero && readPublicKey(publicLine(zero))).toEqual(zero?.public)
  const parsed = ssh2.utils.parseKey(zero?.file ?? '')
  expect(parsed instanceof Error ? parsed : parsed.getPublicSSH()).toEqual(zero?.blob)
})
