import { expect, test } from 'vitest'
import { judge } from './goal.ts'
import { formatTable } from './table.ts'

const goal = { id: 'X1', metric: 'sort', unit: 'ms', peerName: 'Other grid', atMost: { ratio: 0.5 } }

test('a goal is met when our median is small enough beside the peer of the same run', () => {
  const row = judge(goal, { ours: [10, 90, 11], peer: [30, 22, 20] })
  expect(row).toMatchObject({ ours: 11, oursP95: 90, peer: 22, ratio: 0.5, goal: '≤ 0.5×', met: true, runs: 3 })
})

test('a goal that is missed says by how much', () => {
  expect(judge(goal, { ours: [30], peer: [20] })).toMatchObject({ ratio: 1.5, met: false })
})

test('a goal that is a value is met by ours alone, the peer beside it tells how fast it could be', () => {
  const row = judge({ ...goal, atMost: { value: 40 } }, { ours: [39], peer: [2] })
  expect(row).toMatchObject({ ratio: 19.5, goal: '≤ 40 ms', met: true })
  expect(judge({ ...goal, atMost: { value: 38 } }, { ours: [39], peer: [2] }).met).toBe(false)
})

test('without a single run nothing is met', () => {
  expect(judge(goal, { ours: [], peer: [] }).met).toBe(false)
})

test('the table has a line per goal under aligned heads', () => {
  const lines = formatTable([judge(goal, { ours: [10], peer: [20] })]).split('\n')
  expect(lines[0]).toMatch(/^id +metric +ours +p95 +peer +p95 +ratio +goal +met$/)
  expect(lines[2]).toMatch(/^X1 +sort +10 ms +10 +20 ms \(Other grid\) +20 +0.5 +≤ 0.5× +yes$/)
  expect(lines).toHaveLength(3)
})
