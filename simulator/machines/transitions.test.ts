import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Client, MachineSeen, simulator } from '../test/client.ts'
import { createVirtualClock } from '../world/clock.ts'

/** The two state diagrams of the docs, with what this platform adds for crashes, failed launches and skip_launch. */
const DOCUMENTED: Record<string, string[]> = {
  created: ['stopped', 'starting', 'updating', 'destroying', 'stopping'],
  starting: ['started', 'failed', 'launch_failed', 'destroying'],
  started: ['stopping', 'restarting', 'suspending', 'updating', 'destroying'],
  restarting: ['starting', 'destroying'],
  stopping: ['stopped', 'failed', 'destroying'],
  stopped: ['starting', 'updating', 'destroying'],
  suspending: ['suspended', 'destroying'],
  suspended: ['starting', 'stopping', 'updating', 'destroying'],
  failed: ['starting', 'stopping', 'updating', 'destroying'],
  updating: ['starting', 'stopped', 'created', 'destroying'],
  replacing: ['destroying'],
  destroying: ['destroyed'],
}

const CONFIG = { image: 'registry.fly.io/acme-docs:latest', restart: { policy: 'on-failure', max_retries: 1 } }
const MACHINES = '/v1/apps/acme-docs/machines'

type Act = (client: Client, id: string) => Promise<{ status: number }>
const post =
  (verb: string): Act =>
  ({ ask }, id) =>
    ask('POST', `${MACHINES}/${id}/${verb}`)
const update =
  (skip: boolean): Act =>
  ({ ask }, id) =>
    ask('POST', `${MACHINES}/${id}`, { body: { config: CONFIG, skip_launch: skip } })
const ACTS: readonly Act[] = [
  ...['start', 'stop', 'suspend', 'restart'].map(post),
  update(false),
  update(true),
  ({ ask }, id) => ask('DELETE', `${MACHINES}/${id}`),
  ({ control }, id) => control('crash', { machine: id }),
  ({ ask }, id) => ask('DELETE', `${MACHINES}/${id}?force=true`),
]
/** What is asked (destroying by force least often), and how much time passes after it. */
const step = fc.tuple(
  fc.nat(40).map((place) => ACTS[place === 40 ? 8 : place % 8]),
  fc.integer({ min: 0, max: 2_500 }),
)

test('whatever is asked in whatever order, a machine only goes where the diagrams lead', async () => {
  const clock = createVirtualClock(Date.parse('2026-11-21T12:00:00Z'))
  const client = await simulator({ clock, delayScale: 1 })
  const property = fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
    const created = await client.ask('POST', MACHINES, { body: { config: CONFIG, region: 'fra' } })
    const { id } = MachineSeen.parse(created.body)
    for (const [act, pause] of steps) {
      expect([200, 404, 412]).toContain((await act?.(client, id))?.status)
      await client.advance(pause)
    }
  })
  await fc.assert(property, { numRuns: 40 })
  const seen = client.world.effects.list().filter(({ kind, change }) => kind === 'machine' && change === 'state')
  expect(seen.length).toBeGreaterThan(100)
  expect(seen.filter(({ from = '', to = '' }) => !DOCUMENTED[from]?.includes(to))).toEqual([])
}, 60_000)
