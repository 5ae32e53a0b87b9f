import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isInstalled } from './installed.mjs'

const lock = {
  packages: {
    '': { version: '1.0.0' },
    'node_modules/a': { version: '1.2.3' },
    'node_modules/b': { version: '2.0.0', optional: true },
  },
}

test('a folder that npm has not filled is not installed', () => {
  expect(isInstalled(lock, undefined)).toBe(false)
})

test('a package made for another system may be missing', () => {
  expect(isInstalled(lock, { packages: { 'node_modules/a': { version: '1.2.3' } } })).toBe(true)
})

test('another version asks for a new installation, of an optional package as well', () => {
  expect(isInstalled(lock, { packages: { 'node_modules/a': { version: '1.2.4' } } })).toBe(false)
  const wrongOptional = { 'node_modules/a': { version: '1.2.3' }, 'node_modules/b': { version: '1.0.0' } }
  expect(isInstalled(lock, { packages: wrongOptional })).toBe(false)
})

test('what was installed from a lockfile is installed, and stops being so when one version moves', () => {
  const path = fc.stringMatching(/^node_modules\/[a-z]{1,8}$/)
  const packages = fc.dictionary(path, fc.record({ version: fc.stringMatching(/^\d\.\d\.\d$/) }), { minKeys: 1 })
  fc.assert(
    fc.property(packages, (all) => {
      const [first = ''] = Object.keys(all)
      expect(isInstalled({ packages: all }, { packages: all })).toBe(true)
      expect(isInstalled({ packages: all }, { packages: { ...all, [first]: { version: 'other' } } })).toBe(false)
    }),
  )
})
