import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseFlyToml, readFlyToml } from './read-fly-toml.ts'

test('whatever a file holds, it is either read or refused with its line', () => {
  const words = fc.constantFrom('app', '=', '"x"', '[build]', '[[services]]', '\n', '{', '}', '1', "'", '#', ' ', 'é')
  const content = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 30 }).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(content, (text) => {
      const reading = parseFlyToml(text)
      if (reading.ok) return
      expect(reading.line).toBeGreaterThanOrEqual(1)
      expect(reading.line).toBeLessThanOrEqual(text.split('\n').length + 1)
      expect(reading.why).not.toBe('')
    }),
  )
})

test('the line of a mistake is the line a person sees', () => {
  expect(parseFlyToml('app = "shop"\n\n[http_service\ninternal_port = 1\n')).toMatchObject({ ok: false, line: 3 })
})

test('a file that cannot be opened is a reading too', async () => {
  expect(await readFlyToml(join('/nowhere', 'fly.toml'))).toMatchObject({ ok: false, line: 0 })
})
