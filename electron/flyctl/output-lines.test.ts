import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLineSplitter } from './output-lines.ts'

function linesOf(chunks: readonly string[]): string[] {
  const lines: string[] = []
  const splitter = createLineSplitter((line) => lines.push(line))
  for (const chunk of chunks) splitter.write(chunk)
  splitter.end()
  return lines
}

test('colours and invisible characters are taken out', () => {
  expect(linesOf(['\u001b[32m✓\u001b[0m Configuration is valid\n--> build:  (\u200bhttps://x)\n'])).toEqual([
    '✓ Configuration is valid',
    '--> build:  (https://x)',
  ])
})

test('a line that is drawn over counts as lines', () => {
  expect(linesOf(['10%\r50%\r100%\r\ndone'])).toEqual(['10%', '50%', '100%', 'done'])
})

test('an empty line stays, the last line needs no newline', () => {
  expect(linesOf(['a\n\nb'])).toEqual(['a', '', 'b'])
})

test('where chunks are cut does not matter', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r\n', ' ', '→'), maxLength: 60 })
  fc.assert(
    fc.property(text, fc.array(fc.nat(60)), (whole, cuts) => {
      const points = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length]
      const chunks = points.slice(1).map((point, index) => whole.slice(points[index], point))
      expect(linesOf(chunks)).toEqual(linesOf([whole]))
    }),
  )
})

test('a line without end is cut, not kept in memory', () => {
  const lines = linesOf(Array.from({ length: 10 }, () => 'x'.repeat(10_000)))
  expect(lines.length).toBeGreaterThan(1)
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(16_384)
})
