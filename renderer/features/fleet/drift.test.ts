import { expect, test } from 'vitest'
import { drifts } from './drift.ts'

const usual = { repository: 'registry.fly.io/acme', tag: 'v2', digest: 'sha256:bb' }

test.each([
  ['the same image', usual, false],
  ['another tag', { ...usual, tag: 'v1', digest: 'sha256:aa' }, true],
  ['the same moving tag with an older digest', { ...usual, digest: 'sha256:aa' }, true],
  ['another repository', { ...usual, repository: 'registry.fly.io/other' }, true],
  ['a tag alone, whose digest was not read yet', { repository: usual.repository, tag: 'v2' }, false],
  ['a digest alone', { repository: usual.repository, digest: 'sha256:bb' }, false],
  ['nothing known', undefined, false],
])('%s', (_what, image, expected) => {
  expect(drifts(image, usual)).toBe(expected)
  expect(drifts(image, undefined)).toBe(false)
})
