import { expect, test } from 'vitest'
import { z } from 'zod'
import { simulator } from '../test/client.ts'

const Regions = z.looseObject({
  Regions: z.array(z.looseObject({ code: z.string(), capacity: z.number(), mpg_available: z.boolean() })),
})
const Placed = z.looseObject({
  regions: z.array(z.looseObject({ region: z.string(), count: z.number(), concurrency: z.number() })),
})

test('the room of a region depends on the size that is asked for', async () => {
  const { ask } = await simulator()
  const room = async (query: string) => {
    const { Regions: rows } = Regions.parse((await ask('GET', `/v1/platform/regions${query}`)).body)
    return rows.find(({ code }) => code === 'fra')?.capacity ?? -1
  }
  expect(await room('?size=performance-1x')).toBe(await room(''))
  expect(await room('?size=performance-4x')).toBeLessThan(await room(''))
  expect(await room('?cpu_kind=shared&cpus=1&memory_mb=256')).toBeGreaterThan(await room(''))
  expect(await room('?size=shared-cpu-1x')).toBe(await room('?cpu_kind=shared'))
  expect(await room('?gpu_kind=l40s&gpus=1')).toBe(0)
})

test('sizes that do not exist are refused', async () => {
  const { ask } = await simulator()
  for (const query of ['size=huge', 'cpu_kind=quantum', 'cpus=many', 'cpus=3', 'memory_mb=1', 'gpu_kind=toaster']) {
    expect((await ask('GET', `/v1/platform/regions?${query}`)).status, query).toBe(400)
  }
})

test('a placement fills the regions in their order and leaves the full ones out', async () => {
  const { ask } = await simulator()
  const place = async (body: object) =>
    Placed.parse((await ask('POST', '/v1/platform/placements', { body: { org_slug: 'personal', ...body } })).body)
      .regions
  expect(await place({ region: 'iad,lhr', count: 3 })).toEqual([{ region: 'iad', count: 3, concurrency: 3 }])
  const many = await place({ region: 'iad,lhr', count: 70 })
  expect(many.map(({ region }) => region)).toEqual(['iad', 'lhr'])
  expect(many.reduce((sum, { count }) => sum + count, 0)).toBe(70)
  expect(await place({ region: 'gru', count: 1 })).toEqual([])
  const limits = await place({})
  expect(limits[0]?.region).toBe('fra')
  expect(limits.map(({ region }) => region)).not.toContain('gru')
})

test('a placement that cannot be meant is refused', async () => {
  const { ask } = await simulator()
  const status = async (body: object) => (await ask('POST', '/v1/platform/placements', { body })).status
  expect(await status({})).toBe(400)
  expect(await status({ org_slug: 'nobody' })).toBe(404)
  expect(await status({ org_slug: 'personal', region: 'xyz' })).toBe(400)
  expect(await status({ org_slug: 'personal', count: -1 })).toBe(400)
  expect(await status({ org_slug: 'personal', compute: { cpus: 3 } })).toBe(400)
  expect(await status({ org_slug: 'personal', weights: { spread: 'much' } })).toBe(400)
})
