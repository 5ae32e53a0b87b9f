import { expect, test } from 'vitest'
import { howToInstall, isOnPath, missing } from './programs.mjs'

const chromium = { name: 'Chromium', debian: 'chromium', anyOf: ['chromium', 'google-chrome'] }
const xvfb = { name: 'Xvfb', debian: 'xvfb', anyOf: ['Xvfb'] }

test('one of several programs is enough', () => {
  expect(missing([chromium, xvfb], (name) => name === 'google-chrome')).toEqual([xvfb])
})

test('on Debian as root the packages are installed without a question', () => {
  expect(howToInstall([chromium, xvfb], { hasApt: true, isRoot: true })).toEqual({
    run: true,
    line: 'apt-get update && apt-get install -y --no-install-recommends chromium xvfb',
  })
})

test('anybody else is told one line', () => {
  expect(howToInstall([chromium], { hasApt: true, isRoot: false })).toEqual({
    run: false,
    line: 'Please run: sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium',
  })
  expect(howToInstall([chromium, xvfb], { hasApt: false, isRoot: true }).line).toBe('Please install: Chromium, Xvfb.')
})

test('a program is looked for along PATH, an absolute path as it stands', () => {
  expect(isOnPath('sh', '/nowhere:/bin')).toBe(true)
  expect(isOnPath('sh', '/nowhere')).toBe(false)
  expect(isOnPath('/bin/sh', '')).toBe(true)
})
