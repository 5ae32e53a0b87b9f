import { expect, test } from 'vitest'
import type { FlyClient } from '#electron/fly/client.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { withPatience } from './lease-patience.ts'
import { waitUntil } from './wait-until.ts'

const signal = AbortSignal.timeout(20_000)
const request = { method: 'POST', path: '/stop' }
const held = new AppError('conflict', 'lease held', { request: { ...request, status: 409 } })
const leaseOf =
  (body: unknown): FlyClient =>
  async ({ schema }) =>
    schema.parse(body)
const target = { app: 'shop', id: 'm1', signal }

test('in the end it is said who holds the machine, until when and what for', async () => {
  const fly = leaseOf({ data: { owner: 'ci-7@example.com', expires_at: 1_700_000_000, description: 'deploying' } })
  const attempt = withPatience({ fly, ...target, patienceMs: 0 }, () => Promise.reject(held))
  await expect(attempt).rejects.toMatchObject({
    code: 'conflict',
    message:
      'ci-7@example.com has reserved this machine until 2023-11-14T22:13:20.000Z (deploying). Wait for that, then try again.',
    request: { status: 409 },
  })
})

test('a machine that is let go of in time is worked on', async () => {
  let tries = 0
  const act = async () => {
    tries += 1
    if (tries < 2) throw held
    return 'done'
  }
  expect(await withPatience({ fly: leaseOf({}), ...target }, act)).toBe('done')
})

test('a state that does not fit is not waited for', async () => {
  const unfit = new AppError('conflict', 'not started', { request: { ...request, status: 412 } })
  let tries = 0
  const act = async () => {
    tries += 1
    throw unfit
  }
  await expect(withPatience({ fly: leaseOf({}), ...target }, act)).rejects.toBe(unfit)
  expect(tries).toBe(1)
})

/** A machine whose wait always runs out, seen in these states one after the other. */
function lingering(...states: string[]): FlyClient {
  return async ({ path, schema }) => {
    if (path.endsWith('/wait')) throw new AppError('unavailable', 'timed out', { request: { ...request, status: 408 } })
    const state = states.shift()
    if (state === undefined) throw new AppError('not-found', 'gone')
    const exit = { exit_event: { exit_code: 1, oom_killed: true } }
    const events = [{ id: 'e', type: 'exit', status: 'stopped', source: 'flyd', timestamp: 1, request: exit }]
    return schema.parse({ id: 'm1', state, events: state === 'failed' ? events : [] })
  }
}

test('a wait that runs out looks, and waits on while the machine is on its way', async () => {
  await waitUntil({ fly: lingering('starting', 'started'), ...target, state: 'started' })
})

test('a machine that fails instead says why', async () => {
  const waiting = waitUntil({ fly: lingering('starting', 'failed'), ...target, state: 'started' })
  await expect(waiting).rejects.toThrow('It is failed instead. Killed: out of memory (exit code 1).')
})

test('a machine that disappears is what destroy wants, and nothing else does', async () => {
  await waitUntil({ fly: lingering(), ...target, state: 'destroyed' })
  await expect(waitUntil({ fly: lingering(), ...target, state: 'stopped' })).rejects.toMatchObject({
    code: 'not-found',
  })
})
