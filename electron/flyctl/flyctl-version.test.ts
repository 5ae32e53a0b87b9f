import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isOlderFlyctl, parseFlyctlVersion } from './flyctl-version.ts'

test('the version is read from both forms of the output', () => {
  const plain = 'flyctl v0.4.87 linux/amd64 Commit: ad0172f BuildDate: 2026-08-20T10:00:00Z\n'
  expect(parseFlyctlVersion(plain)).toBe('0.4.87')
  expect(parseFlyctlVersion(plain.replace('flyctl', 'fly.exe'))).toBe('0.4.87')
  expect(parseFlyctlVersion('{\n    "Name": "flyctl",\n    "Version": "0.4.87"\n}')).toBe('0.4.87')
  expect(parseFlyctlVersion('fly v2026.8.21-dev.1755763200 linux/amd64')).toBe('2026.8.21-dev.1755763200')
  expect(parseFlyctlVersion('command not found')).toBeUndefined()
})

test('0.4.9 is older than 0.4.20', () => {
  expect(isOlderFlyctl('0.4.9', '0.4.20')).toBe(true)
  expect(isOlderFlyctl('0.4.20', '0.4.20')).toBe(false)
  expect(isOlderFlyctl('2026.8.21-dev.1', '0.4.20')).toBe(false)
})

test('of two versions at most one is older', () => {
  const version = fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50)).map((parts) => parts.join('.'))
  fc.assert(
    fc.property(version, version, (left, right) => {
      expect(isOlderFlyctl(left, right) && isOlderFlyctl(right, left)).toBe(false)
      expect(isOlderFlyctl(left, right) || isOlderFlyctl(right, left)).toBe(left !== right)
    }),
  )
})
