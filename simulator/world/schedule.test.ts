import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRealClock, createVirtualClock } from './clock.ts'
import { createEffects } from './effects.ts'
import { createSchedule } from './schedule.ts'

const never = new AbortController().signal

test('whatever is planned happens at its own time and in order, however time is moved', async () => {
  const delays = fc.array(fc.nat(500), { minLength: 1, maxLength: 40 })
  const moves = fc.array(fc.nat(200), { minLength: 1, maxLength: 20 })
  const property = fc.asyncProperty(delays, moves, async (planned, steps) => {
    const clock = createVirtualClock(1_000)
    const schedule = createSchedule(clock)
    const happened: [number, number][] = []
    for (const [place, delay] of planned.entries()) {
      schedule.after(delay, () => happened.push([clock.now() - 1_000, place]))
    }
    for (const step of steps) await schedule.advance(step)
    const end = steps.reduce((sum, step) => sum + step, 0)
    const due = planned
      .map((delay, place): [number, number] => [delay, place])
      .filter(([delay]) => delay <= end)
      .sort(([a, first], [b, second]) => a - b || first - second)
    expect(happened).toEqual(due)
    expect(clock.now()).toBe(1_000 + end)
  })
  await fc.assert(property)
})

test('a chain of steps that plan each other keeps its distances', async () => {
  const clock = createVirtualClock(0)
  const schedule = createSchedule(clock)
  const ticks: number[] = []
  const tick = () => {
    ticks.push(clock.now())
    schedule.after(10_000, tick)
  }
  schedule.after(10_000, tick)
  await schedule.advance(45_000)
  expect(ticks).toEqual([10_000, 20_000, 30_000, 40_000])
})

test('who waits goes on at the moment something holds, and ends at the deadline or when nobody listens any more', async () => {
  const clock = createVirtualClock(0)
  const schedule = createSchedule(clock)
  let open = false
  schedule.after(300, () => {
    open = true
  })
  const until = (deadline: number, signal = never) =>
    schedule.until(() => open, { deadline, signal }).then((held) => [held, clock.now()])
  const hangUp = new AbortController()
  const met = until(1_000)
  const late = until(200)
  const gone = until(1_000, hangUp.signal)
  hangUp.abort()
  expect(await gone).toEqual([false, 0])
  await schedule.advance(5_000)
  expect(await late).toEqual([false, 200])
  expect(await met).toEqual([true, 300])
})

test('the time of this computer can be moved ahead, with everything on the way', async () => {
  const clock = createRealClock()
  const schedule = createSchedule(clock)
  const seen: number[] = []
  const start = clock.now()
  for (const hours of [2, 1]) schedule.after(hours * 3_600_000, () => seen.push(hours))
  await schedule.advance(3 * 3_600_000)
  expect(seen).toEqual([1, 2])
  expect(clock.now() - start).toBeGreaterThanOrEqual(3 * 3_600_000)
})

test('an effect carries the id of the request that planned it', async () => {
  const clock = createVirtualClock(0)
  const schedule = createSchedule(clock)
  const effects = createEffects(clock)
  const change = () => effects.add({ kind: 'machine', id: 'm1', change: 'state' })
  schedule.after(20, change)
  effects.causedBy('first', () => {
    change()
    schedule.after(10, change)
  })
  await effects.causedBy('second', () => schedule.advance(30))
  expect(effects.list().map(({ at, request }) => [at, request])).toEqual([
    [0, 'first'],
    [10, 'first'],
    [20, undefined],
  ])
})
