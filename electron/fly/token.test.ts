import fc from 'fast-check'
import { expect, test } from 'vitest'
import { authorization, parseToken } from './token.ts'

const base64 = fc.stringMatching(/^[A-Za-z0-9+/]{8,120}={0,2}$/)
const macaroon = fc.tuple(fc.constantFrom('fm2', 'fm1r', 'fm1a'), base64).map(([prefix, body]) => `${prefix}_${body}`)
const userToken = fc.stringMatching(/^fo1_[A-Za-z0-9_-]{20,43}$/)
const tokens = fc.array(fc.oneof(macaroon, userToken), { minLength: 1, maxLength: 5 })

/** Ways people paste a list of tokens. */
const pasted = fc.constantFrom<(list: string) => string>(
  (list) => list,
  (list) => `FlyV1 ${list}`,
  (list) => `Bearer FlyV1 ${list}`,
  (list) => `flyv1 ${list}\n`,
  (list) => `"${list}"`,
  (list) => `'FlyV1 ${list}'`,
  (list) => `export FLY_API_TOKEN="FlyV1 ${list}"`,
  (list) => `FLY_ACCESS_TOKEN=${list};`,
  (list) => `Authorization: Bearer ${list}`,
  (list) => `  ${list.replaceAll(',', ' ,\n ')}  `,
  (list) => list.replaceAll(',', '\n'),
)

test('a token list is the same however it was pasted', () => {
  fc.assert(
    fc.property(tokens, pasted, (list, paste) => {
      expect(parseToken(paste(list.join(','))).value).toBe(list.join(','))
    }),
    { numRuns: 2000 },
  )
})

test('a macaroon that the terminal broke over lines is put together again', () => {
  fc.assert(
    fc.property(macaroon, fc.integer({ min: 6, max: 40 }), (token, at) => {
      expect(parseToken(`FlyV1 ${token.slice(0, at)}\r\n  ${token.slice(at)}`).value).toBe(token)
    }),
  )
})

test('parsing what was parsed changes nothing', () => {
  fc.assert(
    fc.property(tokens, (list) => {
      const { value } = parseToken(list.join(','))
      expect(parseToken(value).value).toBe(value)
    }),
  )
})

test('anything else is refused without repeating it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8 }), (text) => {
      try {
        parseToken(text)
      } catch (error) {
        expect(error).toMatchObject({ code: 'invalid-input' })
        expect(String(error)).not.toContain(text)
        return
      }
      expect(text).toMatch(/(fm2|fm1r|fm1a|fo1)_/)
    }),
  )
})

test.each(['', '  \n', '""', 'FlyV1 '])('nothing (%j) is said to be nothing', (text) => {
  expect(() => parseToken(text)).toThrow(/no token|not a Fly.io token/)
})

test.each(['hunter2', 'https://fly.io', 'fo1_abcdef is mine', 'fm2_', 'fo1_abcd,secret', 'ghp_0123456789abcdef'])(
  '%j is not a token',
  (text) => {
    expect(() => parseToken(text)).toThrow('not a Fly.io token')
  },
)

test('each service gets the header Fly expects', () => {
  const mixed = parseToken('fo1_aaaaaaaa,fm2_bbbbbbbb,fm2_cccccccc')
  expect(authorization(mixed, 'machines', '/v1/apps')).toBe('FlyV1 fm2_bbbbbbbb,fm2_cccccccc')
  expect(authorization(mixed, 'graphql', '/graphql')).toBe('FlyV1 fo1_aaaaaaaa,fm2_bbbbbbbb,fm2_cccccccc')
  expect(authorization(mixed, 'rest', '/api/v1/organizations')).toBe('Bearer fo1_aaaaaaaa,fm2_bbbbbbbb,fm2_cccccccc')
  expect(authorization(mixed, 'rest', '/api/v1/apps/web/logs')).toBe('FlyV1 fm2_bbbbbbbb,fm2_cccccccc')
  expect(authorization(parseToken('fo1_aaaaaaaa'), 'machines', '/v1/apps')).toBe('Bearer fo1_aaaaaaaa')
})

test('only the last four characters may be shown', () => {
  expect(parseToken('FlyV1 fm2_bbbbbbbb,fm2_ccccwxyz').ending).toBe('wxyz')
})
