import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import * as format from './format.ts'

test.each([
  [4_000, '4 s'],
  [41 * 60_000, '41 m'],
  [3 * 3_600_000 + 12 * 60_000, '3 h 12 m'],
  [3_600_000 + 2 * 60_000, '1 h 02 m'],
  [9 * 3_600_000 + 59 * 60_000, '9 h'],
  [55 * 3_600_000, '2 d 7 h'],
  [12 * 86_400_000, '12 d'],
])('%i ms read %s', (ms, text) => {
  expect(format.formatDuration(ms)).toBe(text)
})

test('a duration never shows more than two units', async () => {
  await assert(
    property(integer({ min: 0, max: 1e12 }), (ms) => {
      expect(format.formatDuration(ms)).toMatch(/^\d+ [smhd]( \d+ [mh])?$/)
    }),
  )
})

test('work that took under ten seconds shows tenths', () => {
  expect(format.formatElapsed(1_840)).toBe('1.8 s')
  expect(format.formatElapsed(125_000)).toBe('2 m 05 s')
})

test('money has two decimals, small prices four', () => {
  expect(format.formatMoney('1788.4')).toBe('$1,788.40')
  expect(format.formatMoney('0.0051')).toBe('$0.0051')
  expect(format.formatMoney('0')).toBe('$0.00')
  expect(format.formatMoney('-2.5')).toBe('-$2.50')
  expect(format.formatMoney('0.01', { digits: 2 })).toBe('$0.01')
})

test('bytes count in binary steps', () => {
  expect(format.formatBytes(0)).toBe('0 B')
  expect(format.formatBytes(5 * 1024 ** 3)).toBe('5 GB')
  expect(format.formatBytes(3.14 * 1024 ** 3)).toBe('3.1 GB')
})

test('a guest reads as Fly names it', () => {
  expect(format.formatGuest({ cpuKind: 'shared', cpus: 1, memoryMb: 512 })).toBe('shared-cpu-1x 512 MB')
  expect(format.formatGuest({ cpuKind: 'performance', cpus: 2, memoryMb: 4096 })).toBe('performance-2x 4 GB')
})

test('tags are cut at the front, digests in the middle', () => {
  expect(format.shortTag('deployment-01K6PSH90XY4M9T7TSXDEH')).toBe('…TSXDEH')
  expect(format.shortTag('latest')).toBe('latest')
  expect(format.shortDigest('sha256:9f2c41d70000000000000000b08e')).toBe('sha256:9f2c41d7…b08e')
})

test('a time is only as long as it must be', () => {
  const now = new Date(2026, 10, 21, 14, 6, 2).getTime()
  expect(format.formatTime(now, now)).toBe('14:06:02')
  expect(format.formatTime(new Date(2026, 8, 3, 9, 5).getTime(), now)).toMatch(/^3 Sept? 09:05$/)
  expect(format.formatTime(new Date(2024, 0, 5).getTime(), now)).toBe('5 Jan 2024')
})

test('counts are grouped and nouns follow them', () => {
  expect(format.formatPlural(1, 'machine')).toBe('1 machine')
  expect(format.formatPlural(1247, 'machine')).toBe('1,247 machines')
})

test('an age under a second is now', () => {
  expect(format.formatAge(1000, 1500)).toBe('now')
  expect(format.formatAge(1000, 3500)).toBe('2 s ago')
})
