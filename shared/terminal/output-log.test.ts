import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KEPT_BYTES, OutputLog } from './output-log.ts'

test('a reader that keeps up reads exactly what was written', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40_000 }), { maxLength: 60 }), (chunks) => {
      const log = new OutputLog()
      const read: number[] = []
      let position = 0
      for (const chunk of chunks) {
        log.append(chunk)
        while (position < log.end) {
          const piece = log.read(position, 7_000)
          position += piece.length
          read.push(...piece)
        }
      }
      expect(read).toEqual(chunks.flatMap((chunk) => [...chunk]))
    }),
    { numRuns: 30 },
  )
})

test('a late reader gets the last megabyte, beginning with a whole line', () => {
  const log = new OutputLog()
  const line = new TextEncoder().encode('0123456789abcde\n')
  for (let count = 0; count < 100_000; count += 1) log.append(line)
  const from = log.firstReadable()
  expect(log.end - from).toBeLessThanOrEqual(KEPT_BYTES)
  expect(log.end - from).toBeGreaterThan(KEPT_BYTES - 100)
  expect(new TextDecoder().decode(log.read(from, 16))).toBe('0123456789abcde\n')
})

test('a chunk larger than the log leaves its end', () => {
  const log = new OutputLog()
  log.append(Uint8Array.from({ length: KEPT_BYTES + 10 }, (_, index) => index % 251))
  expect(log.end).toBe(KEPT_BYTES + 10)
  expect(log.read(log.start, 1)[0]).toBe(10)
})
