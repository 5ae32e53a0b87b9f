import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LogLevel, LogLine } from '#shared/contracts/logs.ts'
import { LogBuffer, MOST_ROWS } from './log-buffer.ts'
import { findHits, NO_FILTER, passes } from './log-filter.ts'
import { toSpans } from './log-spans.ts'
import { gapWords, rowsAsText } from './log-words.ts'

let next = 0
const line = (message: string, level: LogLevel = 'info', id = `id${next++}`): LogLine => ({
  id,
  timestamp: '2026-11-21T10:00:00.123456789Z',
  level,
  provider: 'app',
  region: 'fra',
  machineId: 'm1',
  message,
})

const texts = (buffer: LogBuffer) => buffer.shown.map((row) => (row.kind === 'line' ? row.text : row.reason))

test('a filter set before or after the lines shows the same', () => {
  const message = fc
    .array(fc.constantFrom('GET ', 'error ', 'Ä', '/api', '\u001b[31m', '\u001b[0m'))
    .map((all) => all.join(''))
  const level = fc.constantFrom<LogLevel>('debug', 'info', 'warn', 'error')
  const lines = fc.array(fc.tuple(message, level), { maxLength: 60 })
  fc.assert(
    fc.property(lines, fc.constantFrom('', 'get', 'ä', 'ERROR /'), level, (all, text, hidden) => {
      const filter = { text, hidden: new Set([hidden]) }
      const before = new LogBuffer(filter)
      const after = new LogBuffer(NO_FILTER)
      const batch = { lines: all.map(([each, of]) => line(each, of)) }
      for (const each of batch.lines) before.append({ lines: [each] })
      after.append(batch)
      after.filter(filter)
      expect(texts(after)).toEqual(texts(before))
      expect(after.shown.every((row) => passes(row, filter))).toBe(true)
    }),
  )
})

test('the oldest lines leave, and how many is known', () => {
  const buffer = new LogBuffer(NO_FILTER)
  for (let batch = 0; batch < 220; batch += 1) buffer.append({ lines: Array.from({ length: 500 }, () => line('x')) })
  expect(buffer.size).toBeLessThanOrEqual(MOST_ROWS)
  expect(buffer.dropped + buffer.size).toBe(110_000)
  expect(buffer.droppedShown).toBe(buffer.dropped)
  expect(buffer.counts.info).toBe(buffer.size)
})

test('after an interruption known lines are not doubled, and a hole is marked only where there may be one', () => {
  const buffer = new LogBuffer(NO_FILTER)
  buffer.append({ lines: [line('one', 'info', 'a'), line('two', 'info', 'b')] })
  buffer.beginAgain()
  buffer.append({ lines: [line('two', 'info', 'b'), line('three', 'info', 'c')] })
  expect(texts(buffer)).toEqual(['one', 'two', 'three'])
  buffer.beginAgain()
  buffer.append({ lines: [line('nine', 'info', 'z')] })
  expect(texts(buffer)[3]).toContain('interrupted')
})

test('spans join to the plain text, whatever the colours and hits', () => {
  const part = fc.constantFrom(
    '\u001b[31m',
    '\u001b[1;38;5;200m',
    '\u001b[48;2;1;2;3m',
    '\u001b[0m',
    'Fail',
    'ed ',
    'x',
  )
  fc.assert(
    fc.property(fc.array(part), fc.constantFrom('', 'failed', 'x', 'ed x'), (parts, wanted) => {
      const spans = toSpans(parts.join(''), wanted)
      const plain = parts.filter((each) => !each.startsWith('\u001b')).join('')
      expect(spans.map(({ text }) => text).join('')).toBe(plain)
      const marked = spans
        .filter(({ hit }) => hit)
        .map(({ text }) => text)
        .join('')
      expect(marked.toLowerCase()).toBe(wanted.repeat(findHits(plain, wanted).length))
    }),
  )
})

test('a gap says how long it is and why', () => {
  const from = '2026-11-21T10:00:00Z'
  expect(gapWords({ from, to: '2026-11-21T10:01:52Z', reason: 'because.' })).toBe('Gap of 1 m 52 s: because.')
  expect(gapWords({ from: '', to: '', reason: 'because.' })).toBe('Gap: because.')
})

test('copied lines are plain text with whole timestamps', () => {
  const buffer = new LogBuffer(NO_FILTER)
  buffer.append({ lines: [line('\u001b[31mred\u001b[0m', 'error')] })
  expect(rowsAsText(buffer.shown)).toEqual({ text: '2026-11-21T10:00:00.123456789Z error m1 fra red', copied: 1 })
})
