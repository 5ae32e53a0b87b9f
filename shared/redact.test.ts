import fc from 'fast-check'
import { expect, test } from 'vitest'
import { redact } from './redact.ts'

const body = fc.stringMatching(/^[A-Za-z0-9+/=_-]{8,200}$/)
const token = fc.tuple(fc.constantFrom('fm2', 'fm1r', 'fm1a', 'fo1'), body).map(([prefix, rest]) => `${prefix}_${rest}`)
const list = fc.array(token, { minLength: 1, maxLength: 4 })
const written = fc.constantFrom<(tokens: string[]) => string>(
  (tokens) => tokens.join(','),
  (tokens) => `FlyV1 ${tokens.join(',')}`,
  (tokens) => `bearer ${tokens.join(',')}`,
  (tokens) => `FLY_API_TOKEN="${tokens.join(',')}"`,
  (tokens) => encodeURIComponent(`FlyV1 ${tokens.join(',')}`),
  (tokens) => JSON.stringify({ authorization: `Bearer ${tokens.join(',')}` }),
)

test('no token survives, however it is written and whatever stands around it', () => {
  fc.assert(
    fc.property(fc.string(), list, written, fc.string(), (before, tokens, write, after) => {
      const clean = redact(`${before} ${write(tokens)} ${after}`)
      for (const secret of tokens) {
        expect(clean).not.toContain(secret)
        expect(clean).not.toContain(encodeURIComponent(secret))
      }
    }),
    { numRuns: 1000 },
  )
})

test('redacting twice changes nothing more', () => {
  fc.assert(
    fc.property(list, written, (tokens, write) => {
      const once = redact(write(tokens))
      expect(redact(once)).toBe(once)
    }),
  )
})

test('a password of the registry, which is the token in base64, is taken out with its scheme', () => {
  expect(redact('authorization: Basic eDpmbzFfc2VjcmV0')).toBe('authorization: Basic [redacted]')
})

test('other text stays as it is', () => {
  const text = 'GET /v1/apps/shop/machines 200 in 41 ms (01KXYZ-fra), image registry.fly.io/shop:deployment-01K'
  expect(redact(text)).toBe(text)
})
