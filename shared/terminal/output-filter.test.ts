import fc from 'fast-check'
import { expect, test } from 'vitest'
import { OutputFilter } from './output-filter.ts'

const size = { cols: 80, rows: 24 }
const encoder = new TextEncoder()

function filterBytes(chunks: readonly Uint8Array[]): Uint8Array {
  const filter = new OutputFilter(size)
  return Uint8Array.from(chunks.flatMap((chunk) => filter.push(chunk).flatMap((piece) => [...piece])))
}

const filterText = (text: string) => new TextDecoder().decode(filterBytes([encoder.encode(text)]))

function split(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const sorted = [...cuts].map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b)
  return [0, ...sorted].map((from, index) => bytes.subarray(from, sorted[index] ?? bytes.length))
}

const number = fc.oneof(fc.nat(999), fc.constantFrom(0, 1_000_000_000, 2 ** 31, 65_536)).map(String)
const hostile = fc.oneof(
  fc.tuple(number, fc.constantFrom(...'STLMZbI@PXJKHm', "'}", ' @')).map(([count, final]) => `\u001b[${count}${final}`),
  fc.tuple(number, fc.constantFrom(...'STb')).map(([count, final]) => `\u009b${count}${final}`),
  fc.constantFrom(
    '\u001b]52;c;AAAA\u0007',
    '\u001b]0;x\u202ey\u001b\\',
    '\u009d8;;file:///etc\u009c',
    '\u001bc\u001bc',
  ),
  fc.constantFrom(
    '\u001b',
    '\u009b',
    '\u009d',
    '\u0090',
    '\u001b[',
    '\u001b]',
    '\u001bP',
    '\u001b_',
    '\u0018',
    '\u0007',
  ),
  fc.constantFrom('\u001b\n[99999S', '\u001b[1\n9999999S', '\u001b]5\n2;c;AA\u0007', 'é', '世', '\u0085', '\n', 'text'),
)
const stream = fc.oneof(
  fc.array(hostile, { maxLength: 30 }).map((parts) => encoder.encode(parts.join(''))),
  fc
    .array(fc.constantFrom(0x1b, 0x5b, 0x5d, 0xc2, 0x9b, 0x9c, 0x9d, 0x39, 0x53, 0x07, 0x0a, 0x63, 0x41, 0x3b), {
      maxLength: 60,
    })
    .map((codes) => Uint8Array.from(codes)),
)

test('the output does not depend on how the bytes were split', () => {
  fc.assert(
    fc.property(stream, fc.array(fc.nat(), { maxLength: 12 }), (bytes, cuts) => {
      expect([...filterBytes(split(bytes, cuts))]).toEqual([...filterBytes([bytes])])
    }),
    { numRuns: 2000 },
  )
})

test('filtering what has been filtered changes nothing', () => {
  fc.assert(
    fc.property(stream, (bytes) => {
      const once = filterBytes([bytes, encoder.encode('\u0018')])
      expect([...filterBytes([once])]).toEqual([...once])
    }),
    { numRuns: 2000 },
  )
})

test('whatever comes in, no looping sequence that goes out asks for more than the screen has', () => {
  fc.assert(
    fc.property(stream, (bytes) => {
      const text = new TextDecoder().decode(filterBytes([bytes]))
      // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes begin with a control character
      for (const [, count] of text.matchAll(/\u001b\[[^@-~]*?(\d+)[^@-~]*[STLMbIZ@PX]/g)) {
        expect(Number(count)).toBeLessThanOrEqual(80 * 24)
      }
      expect(text).not.toMatch(/\u009b|\u009d|\u0090/)
    }),
    { numRuns: 2000 },
  )
})

const legitimate = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !/\p{Cc}/u.test(text)),
  fc.constantFrom(
    '\u001b[0m',
    '\u001b[1;38;2;10;200;30;48:5:17m',
    '\u001b[?1049h',
    '\u001b[?25l',
    '\u001b[12;40H',
    '\u001b[3S',
    '\u001b[80@',
    '\u001b[24L',
    '\u001b[2J',
    '\u001b[!p',
    '\u001b[2 q',
    '\u001b[6n',
    '\u001b[>c',
    '\u001b(B',
    '\u001b7',
    '\u001b8',
    '\u001bM',
    '\u001b=',
    '\u001b]0;usr_8812: ~/workspace\u0007',
    '\u001b]2;vim\u001b\\',
    '\u001b]7;file://host/dir\u0007',
    '\u001b]11;?\u001b\\',
    '\u001b]133;A\u0007',
    '\u001b]8;id=1;https://fly.io/docs\u001b\\link\u001b]8;;\u001b\\',
    '\u001bP$qm\u001b\\',
    '\r\n',
    '\t',
    '\b',
    '\u0007',
  ),
)

test('ordinary output passes untouched', () => {
  fc.assert(
    fc.property(fc.array(legitimate, { maxLength: 40 }), (parts) => {
      const text = parts.join('')
      expect(filterText(text)).toBe(text)
    }),
    { numRuns: 1000 },
  )
})

test.each([
  ['a huge scroll is cut to the screen', '\u001b[1000000000S', '\u001b[24S'],
  ['a huge repeat is cut to the screen', 'x\u001b[1000000000b', `x\u001b[${80 * 24}b`],
  ['a huge insert is cut to a line', '\u001b[1000000000@', '\u001b[80@'],
  ['the same as a C1 character is cut too', '\u009b1000000000T', '\u001b[24T'],
  ['a control hidden inside is run first and hides nothing', '\u001b[10\n00000000M', '\n\u001b[24M'],
  ['a control after ESC hides nothing', '\u001b\n[1000000000L', '\u001b[24L'],
  ['the clipboard is out of reach', 'a\u001b]52;c;cm0gLXJm\u0007b', 'ab'],
  ['the clipboard is out of reach by other spellings', '\u001b]0052;c;AA\u001b\\\u001b]5\n2;c;AA\u0007', ''],
  ['a title loses what turns or hides text', '\u001b]2;a\u202eb\u200bc\u0007', '\u001b]2;abc\u0007'],
  ['a link that is not https loses its target', '\u001b]8;;file:///etc/passwd\u0007x', '\u001b]8;;\u0007x'],
  ['a link with a user name loses its target', '\u001b]8;;https://fly.io@evil.example/\u0007', '\u001b]8;;\u0007'],
  ['application strings are dropped', 'a\u001b_Gpayload\u001b\\b', 'a\u001b\\b'],
  ['a reset right after a reset is dropped', '\u001bc\u001bc\u001bcx\u001bc', '\u001bcx\u001bc'],
  ['a cancelled sequence leaves nothing behind', '\u001b[99999\u0018S', '\u0018S'],
])('%s', (_, input, output) => {
  expect(filterText(input)).toBe(output)
})

test('an endless string is dropped without being kept', () => {
  const filter = new OutputFilter(size)
  filter.push(encoder.encode('\u001b]0;'))
  for (let round = 0; round < 100; round += 1) expect(filter.push(new Uint8Array(65_536).fill(0x41))).toEqual([])
  expect(filter.push(encoder.encode('\u0007done')).map((piece) => new TextDecoder().decode(piece))).toEqual(['done'])
})

test('expensive output is cut into pieces', () => {
  const filter = new OutputFilter(size)
  const pieces = filter.push(encoder.encode('\u001b[24S'.repeat(10_000)))
  expect(pieces.length).toBeGreaterThan(50)
})
