import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LogBatch, LogLine } from '#shared/contracts/logs.ts'
import { BATCH_LINES, LineQueue, QUEUE_LINES } from './line-queue.ts'

const line = (index: number): LogLine => ({
  id: String(index),
  timestamp: String(index).padStart(9, '0'),
  level: 'info',
  provider: 'app',
  region: 'fra',
  machineId: 'm1',
  message: '',
})

function drain(queue: LineQueue): LogBatch[] {
  const batches: LogBatch[] = []
  for (let batch = queue.take(); batch; batch = queue.take()) batches.push(batch)
  return batches
}

test('lines come out once, in order, in batches of at most 500', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(900), { maxLength: 20 }), (counts) => {
      const queue = new LineQueue()
      let next = 0
      for (const count of counts) queue.push(Array.from({ length: count }, () => line(next++)))
      const batches = drain(queue)
      expect(batches.every(({ lines }) => lines.length <= BATCH_LINES)).toBe(true)
      expect(batches.flatMap(({ lines }) => lines.map(({ id }) => Number(id)))).toEqual(
        Array.from({ length: next }, (_, index) => index),
      )
    }),
  )
})

test('a gap stands in front of the lines that follow it', () => {
  const queue = new LineQueue()
  const gap = { from: 'a', to: 'b', reason: 'c' }
  queue.push([line(1)])
  queue.push([line(2)], gap)
  expect(drain(queue)).toEqual([{ lines: [line(1)] }, { lines: [line(2)], gap }])
})

test('what a slow reader loses is counted in a gap, and nothing else is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ count: fc.nat(9000), gap: fc.boolean() }), { maxLength: 8 }), (pushes) => {
      const queue = new LineQueue()
      let next = 0
      for (const { count, gap } of pushes) {
        const lines = Array.from({ length: count }, () => line(next++))
        queue.push(lines, gap ? { from: '', to: '', reason: 'known' } : undefined)
      }
      const batches = drain(queue)
      const kept = batches.flatMap(({ lines }) => lines)
      expect(kept).toHaveLength(Math.min(next, QUEUE_LINES))
      expect(kept.map(({ id }) => Number(id))).toEqual(kept.map((_, index) => next - kept.length + index))
      const dropped = next - kept.length
      if (dropped > 0) expect(batches[0]?.gap?.reason).toContain(dropped.toLocaleString('en'))
    }),
    { numRuns: 40 },
  )
})
