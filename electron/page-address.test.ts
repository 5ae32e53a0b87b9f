import { sep } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileOf, isSameSite, PAGE_URL } from './page-address.ts'

test.each([
  ['app://hangar/index.html', '/built/index.html'],
  ['app://hangar/index.html#/apps/shop', '/built/index.html'],
  ['app://hangar/assets/a%20b.js?v=1', '/built/assets/a b.js'],
])('%s is %s', (address, file) => {
  expect(fileOf('/built', address)).toBe(file)
})

test.each([
  'app://hangar/..%2fmain%2fmain.js',
  'app://hangar/assets/..%2f..%2f..%2fetc/passwd',
  'app://hangar/a%00b',
  'app://hangar/%',
  'app://other/index.html',
  'app://hangar.evil.example/index.html',
  'file:///built/index.html',
  'nonsense',
])('%s is no file of ours', (address) => {
  expect(fileOf('/built', address)).toBeUndefined()
})

test('no address leads out of the folder', () => {
  const part = fc.oneof(fc.string(), fc.constantFrom('..', '.', '%2e%2e', '%2f', '..%2f..', '%5c..', '//', '\\'))
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const file = fileOf('/built/renderer', `app://hangar/${parts.join('/')}`)
      expect(file ?? `/built/renderer${sep}`).toMatch(/^\/built\/renderer\//)
      expect(file?.split(sep) ?? []).not.toContain('..')
    }),
    { numRuns: 5000 },
  )
})

test.each([
  'file:///etc/passwd',
  'data:text/html,x',
  'https://fly.io/',
  'app://other/',
  'hangar://hangar/',
  'about:blank',
])('%s is another site', (target) => {
  expect(isSameSite(PAGE_URL, target)).toBe(false)
})

test('a reload is the same site', () => {
  expect(isSameSite(PAGE_URL, 'app://hangar/index.html?again#/apps/shop')).toBe(true)
})
