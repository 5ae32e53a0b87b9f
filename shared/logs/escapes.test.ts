import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepColours, plainText } from './escapes.ts'

test.each([
  ['colours stay', '\u001b[1;31mred\u001b[0m', '\u001b[1;31mred\u001b[0m'],
  ['cursor movement goes', 'a\u001b[2K\u001b[1Gb', 'ab'],
  ['a link keeps its text', '\u001b]8;;https://fly.io\u001b\\docs\u001b]8;;\u0007!', 'docs!'],
  ['a title goes', '\u001b]0;title\u0007text', 'text'],
  ['device strings go', 'a\u001bPq#0\u001b\\b', 'ab'],
  ['C1 controls go', 'a\u009b31mb\u009d0;x\u0007c', 'a\u001b[31mbc'],
  ['tabs and newlines stay, carriage returns become newlines', 'a\tb\r\nc\rd', 'a\tb\nc\nd'],
  ['a broken sequence at the end goes', 'a\u001b[12;', 'a'],
])('%s', (_, input, output) => {
  expect(keepColours(input)).toBe(output)
})

test('nothing but colours, tabs and newlines is left of any text', () => {
  const parts = fc.constantFrom('\u001b', '[', ']', '3', ';', 'm', 'P', '\u009b', '\u0007', '\n', 'é', 'K', '\\', 'x')
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 40 }), (pieces) => {
      const text = keepColours(pieces.join(''))
      for (const part of text.split('\u001b').slice(1)) expect(part).toMatch(/^\[[0-9;:]*m/)
      expect(text.replaceAll('\u001b', '').replace(/[\n\t]/g, '')).not.toMatch(/\p{Cc}/u)
      expect(keepColours(text)).toBe(text)
      expect(plainText(text)).not.toContain('\u001b')
    }),
    { numRuns: 2000 },
  )
})

test('text without controls is returned as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      if (!/\p{Cc}/u.test(text)) expect(keepColours(text)).toBe(text)
    }),
  )
})
