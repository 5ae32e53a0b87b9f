import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deepLinkOf, deepLinkPath } from './deep-link.ts'

test.each([
  ['hangar://apps/shop', '/apps/shop'],
  ['hangar://apps/shop/', '/apps/shop'],
  ['hangar://apps/shop/machines/7811701f564258', '/apps/shop/machines/7811701f564258'],
])('%s leads to %s', (link, path) => {
  expect(deepLinkPath(link)).toBe(path)
})

test.each([
  'https://apps/shop',
  'hangar://apps',
  'hangar://apps/shop/destroy',
  'hangar://apps/-rf',
  'hangar://apps/shop?run=1',
  'hangar://apps/shop#x',
  'hangar://user@apps/shop',
  'hangar://settings/proxy',
  'not a link',
])('%s is not followed', (link) => {
  expect(deepLinkPath(link)).toBeUndefined()
})

test('whatever a page puts into a link, a path of names comes out or nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webPath()), (rest) => {
      expect(deepLinkPath(`hangar://${rest}`) ?? '/apps/x').toMatch(/^\/apps\/[a-z0-9-]+(\/machines\/[a-z0-9]+)?$/)
    }),
    { numRuns: 2000 },
  )
})

test('the link is found among the arguments of a start', () => {
  expect(deepLinkOf(['electron', '.', '--flag', 'hangar://apps/shop'])).toBe('/apps/shop')
  expect(deepLinkOf(['electron', '.'])).toBeUndefined()
})
