import { expect, test } from 'vitest'
import type { OperationItem } from '#shared/contracts/operations.ts'
import { countItemViews, itemsOfView, paceOf, progressParts } from './operation-progress.ts'

const counts = { total: 100, done: 40, failed: 10, skipped: 20 }
const item = (index: number, status: OperationItem['status']): OperationItem => ({
  index,
  app: 'acme',
  label: 'usr_1',
  status,
})

test('what is left takes as long as what was done, at its pace', () => {
  expect(paceOf({ counts, startedAt: 0 }, 10_000)).toEqual({ perSecond: 5, leftMs: 6000 })
})

test('nothing is promised before there is a pace', () => {
  expect(paceOf({ counts: { ...counts, done: 0, failed: 0 }, startedAt: 0 }, 10_000)).toBeUndefined()
  expect(paceOf({ counts, startedAt: 0 }, 500)).toBeUndefined()
})

test('the bar shows done, skipped, failed and running as shares', () => {
  expect(progressParts({ counts }, 5)).toEqual([
    { tone: 'ok', share: 0.4 },
    { tone: 'off', share: 0.2 },
    { tone: 'bad', share: 0.1 },
    { tone: 'busy', share: 0.05 },
  ])
  expect(progressParts({ counts: { total: 0, done: 0, failed: 0, skipped: 0 } })).toEqual([])
})

test('views are offered only where something is in them', () => {
  const items = [item(0, 'done'), item(1, 'failed'), item(2, 'cancelled'), item(3, 'skipped')]
  expect(countItemViews(items)).toEqual([
    { view: 'all', count: 4 },
    { view: 'failed', count: 1 },
    { view: 'done', count: 1 },
    { view: 'skipped', count: 2 },
  ])
  expect(itemsOfView(items, 'failed')).toEqual([items[1]])
})
