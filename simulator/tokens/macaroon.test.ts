import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EVERYTHING, READ } from './actions.ts'
import { caveatView } from './caveat-view.ts'
import { readCaveat } from './caveats.ts'
import { isPermission, isSignedBy, makeMacaroon, narrow, readMacaroon, writeMacaroon } from './macaroon.ts'
import { apps, onlyAction, organization } from './write-caveats.ts'

const key = Buffer.alloc(32, 7)
const made = () => {
  const caveats = [organization(880_112, EVERYTHING), apps(new Map([[5, READ]]))]
  return makeMacaroon({ keyId: 'lat_1', key, chance: Buffer.alloc(16, 1), caveats })
}

test('a token is written and read back, and its chain of signatures ends in its tail', () => {
  const read = readMacaroon(writeMacaroon(made()))
  expect(read).toMatchObject({ keyId: 'lat_1', caveats: [{ type: 0, body: [880_112, 0xffff] }, { type: 3 }] })
  expect(read && isSignedBy(read, key)).toBe(true)
  expect(read && isSignedBy(read, Buffer.alloc(32, 8))).toBe(false)
})

test('everybody can add a caveat, and nobody can take one away', () => {
  const narrowed = narrow(made(), [onlyAction(READ)])
  expect(isSignedBy(narrowed, key)).toBe(true)
  expect(isSignedBy({ ...narrowed, caveats: narrowed.caveats.slice(0, -1) }, key)).toBe(false)
  expect(isSignedBy({ ...narrowed, caveats: narrowed.caveats.toReversed() }, key)).toBe(false)
})

test('a token with one bit changed is not read or not signed', () => {
  const text = writeMacaroon(made())
  const bytes = Buffer.from(text.slice(4), 'base64')
  fc.assert(
    fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      const read = readMacaroon(`fm2_${changed.toString('base64')}`)
      // Where it is for is the one thing that is not signed: elsewhere it permits nothing.
      expect(read !== undefined && isPermission(read) && isSignedBy(read, key)).toBe(false)
    }),
  )
})

test('noise is no token', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
      expect(readMacaroon(`fm2_${Buffer.from(noise).toString('base64')}`)).toBeUndefined()
    }),
  )
  expect(readMacaroon('fo1_abc')).toBeUndefined()
})

/** The prefix stands apart: no file of ours holds anything that looks like a real token. */
const macaroon = (body: string) => `fm2_${body}`

/** Made by Fly's own macaroon library with the key above. */
const FROM_GO = macaroon(
  'lJPEBWxhdF8xxBBMQv2lR7lXI8cMuTjWicNGwrVodHRwczovL2FwaS5mbHkuaW8vdjHcABQAks4ADW3wHw2SlAORggXN///OABLWhwEFkYGid2cfARaQBJIBzvSGVwAGkZKwaXNzdWVDZXJ0aWZpY2F0ZbBhZGRXaXJlR3VhcmRQZWVyDZKSG5KSkaZ1cHRpbWXDkpDCARoBD5GkMzI4NwKRgaV2b2xfMR8HkYGgAcQgnqzn8+2oqTjl4344FzFfKpSbEu1c4geDq9IQLwE970c=',
)

test('a token of the official library is verified, and its caveats are understood', () => {
  const read = readMacaroon(FROM_GO)
  expect(read && isSignedBy(read, key)).toBe(true)
  expect(read && writeMacaroon(read)).toBe(FROM_GO)
  const caveats = read?.caveats.map(({ type, body }) => caveatView(readCaveat(type, body)))
  expect(caveats).toEqual([
    { type: 'Organization', body: { id: 880_112, mask: 'rwcdC' } },
    {
      type: 'IfPresent',
      body: {
        ifs: [
          { type: 'Apps', body: { apps: { 5: 'rwcdC', 1234567: 'r' } } },
          { type: 'FeatureSet', body: { features: { wg: 'rwcdC' } } },
        ],
        else: 'r',
      },
    },
    { type: 'IsMember', body: {} },
    { type: 'ValidityWindow', body: { not_before: 1, not_after: 4_102_444_800 } },
    { type: 'Mutations', body: { mutations: ['issueCertificate', 'addWireGuardPeer'] } },
    {
      type: 'IfPresent',
      body: {
        ifs: [
          {
            type: 'Commands',
            body: [
              { args: ['uptime'], exact: true },
              { args: [], exact: false },
            ],
          },
        ],
        else: 'r',
      },
    },
    { type: 'Action', body: 'r' },
    { type: 'FromMachineSource', body: { id: '3287' } },
    { type: 'Volumes', body: { volumes: { vol_1: 'rwcdC' } } },
    { type: 'Machines', body: { machines: { '': 'r' } } },
  ])
})
