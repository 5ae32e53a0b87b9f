import { expect, test } from 'vitest'
import { elapsed, machinesOf, recentFolders, timeLeft } from './deploy-time.ts'

const past = (seconds: number, app = 'shop', status: 'deployed' | 'failed' = 'deployed') => ({
  ...{ id: `d${seconds}`, app, status, startedAt: 0, finishedAt: seconds * 1000 },
})
const running = { id: 'now', app: 'shop', status: 'deploying' as const, startedAt: 1_000_000 }

test('the time left is judged by the middle one of the last deploys of that app', () => {
  const history = [past(10), past(60), past(90), past(1, 'other'), past(2, 'shop', 'failed')]
  expect(timeLeft(running, history, 1_020_000)).toBe(40_000)
})

test('without experience, or beyond it, nothing is promised', () => {
  expect(timeLeft(running, [], 1_020_000)).toBeUndefined()
  expect(timeLeft(running, [past(10)], 1_020_000)).toBeUndefined()
})

test('what took place is counted to its end, what runs to now', () => {
  expect(elapsed({ startedAt: 5, finishedAt: 9 }, 100)).toBe(4)
  expect(elapsed({ startedAt: 5 }, 100)).toBe(95)
})

test('machines are read from the step', () => {
  const step = { name: 'machines' as const, status: 'running' as const }
  expect(machinesOf({ steps: [{ ...step, detail: '3 of 12 done, 9080edc2a66e87 is changing' }] })).toEqual({
    done: 3,
    total: 12,
  })
  expect(machinesOf({ steps: [step] })).toBeUndefined()
})

test('each folder is offered once', () => {
  expect(recentFolders([{ folder: '/b' }, { folder: '/a' }, { folder: '/b' }])).toEqual(['/b', '/a'])
})
