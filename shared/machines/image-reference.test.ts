import { expect, test } from 'vitest'
import { parseImageReference } from './image-reference.ts'

test('an image reference falls into repository, tag and digest', () => {
  expect(parseImageReference('registry.fly.io/shop:deployment-01@sha256:ab')).toEqual({
    repository: 'registry.fly.io/shop',
    tag: 'deployment-01',
    digest: 'sha256:ab',
  })
  expect(parseImageReference('nginx')).toEqual({ repository: 'nginx' })
  expect(parseImageReference('')).toBeUndefined()
})

test('the port of a registry is no tag', () => {
  expect(parseImageReference('127.0.0.1:5000/shop')).toEqual({ repository: '127.0.0.1:5000/shop' })
  expect(parseImageReference('127.0.0.1:5000/shop:v1')).toEqual({ repository: '127.0.0.1:5000/shop', tag: 'v1' })
})
