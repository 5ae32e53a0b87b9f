import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retryPauseMs } from './retry.ts'

const first = { method: 'GET', attempt: 1, status: 503, retryAfter: null, random: 0.5, now: 0 }

test('a write is never repeated, unless Fly refused it for its rate', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE'),
      fc.option(fc.integer({ min: 400, max: 599 }), { nil: undefined }),
      (method, status) => {
        expect(retryPauseMs({ ...first, method, status }) !== undefined).toBe(status === 429)
      },
    ),
  )
})

test('a read is repeated twice after passing trouble', () => {
  for (const status of [undefined, 502, 503, 504]) {
    const pauses = [1, 2, 3].map((attempt) => retryPauseMs({ ...first, status, attempt }))
    expect(pauses).toEqual([250, 500, undefined])
  }
})

test.each([400, 401, 403, 404, 408, 409, 412, 422, 500])('a read is not repeated after %i', (status) => {
  expect(retryPauseMs({ ...first, status })).toBeUndefined()
})

test('pauses are spread by half, and never longer than 30 s', () => {
  const limited = { ...first, method: 'POST', status: 429 }
  expect(retryPauseMs({ ...limited, random: 0 })).toBe(500)
  expect(retryPauseMs({ ...limited, random: 1 })).toBe(1500)
  expect(retryPauseMs({ ...limited, attempt: 6 })).toBeUndefined()
  expect(retryPauseMs({ ...limited, retryAfter: '3600' })).toBe(30_000)
})

test('Retry-After is obeyed in both forms, and nonsense is not', () => {
  expect(retryPauseMs({ ...first, retryAfter: '7' })).toBe(7000)
  expect(retryPauseMs({ ...first, retryAfter: new Date(9000).toUTCString() })).toBe(9000)
  expect(retryPauseMs({ ...first, retryAfter: 'soon' })).toBe(250)
})
