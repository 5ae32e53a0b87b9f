import { expect, test } from 'vitest'
import type { FlyClient } from './client.ts'
import { findImage } from './images.ts'
import { listReleases } from './releases.ts'

const { signal } = new AbortController()
/** A Fly.io that gives one answer to everything. */
const answering =
  (answer: unknown): FlyClient =>
  async ({ schema }) =>
    schema.parse(answer)

test('an image is known by its digest, and unknown without one', async () => {
  const ask = { app: 'shop', ref: 'registry.fly.io/shop:a', signal }
  const known = { app: { image: { ref: 'registry.fly.io/shop:a', digest: 'sha256:1c07' } } }
  expect(await findImage(answering(known), ask)).toEqual({ ref: 'registry.fly.io/shop:a', digest: 'sha256:1c07' })
  for (const answer of [{ app: null }, { app: { image: null } }, { app: { image: { ref: 'x' } } }, {}])
    expect(await findImage(answering(answer), ask)).toBeUndefined()
})

test('releases come newest first, and one that makes no sense does not hide the others', async () => {
  const releases = [
    { version: 1, status: 'complete', image_ref: 'a', created_at: '2026-01-01T00:00:00Z' },
    { version: 'three' },
    { version: 2, status: null, image_ref: null, created_at: null },
  ]
  expect(await listReleases(answering({ releases }), { app: 'shop', limit: 5, signal })).toEqual([
    { version: 2, status: '', image: '', createdAt: 0 },
    { version: 1, status: 'complete', image: 'a', createdAt: Date.parse('2026-01-01T00:00:00Z') },
  ])
  expect(await listReleases(answering({ releases: null }), { app: 'shop', limit: 5, signal })).toEqual([])
})
