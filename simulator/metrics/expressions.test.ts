import { expect, test } from 'vitest'
import { evaluate, type Source } from './evaluate.ts'
import { NAME } from './labels.ts'
import { parseQuery } from './parse-query.ts'
import { SCRAPE } from './scrape.ts'
import { filterOf } from './selector.ts'

/** A multiple of the scrape interval. */
const NOW = 100_000 * SCRAPE

interface Steady {
  labels: Record<string, string>
  value: number
}

const sourceOf = (all: readonly Steady[]): Source => ({
  now: NOW,
  find: (matchers) =>
    all
      .filter(({ labels }) => filterOf(matchers).fits(labels))
      .map(({ labels, value }) => ({ labels, at: () => value })),
})

function pointsOf(text: string, all: readonly Steady[]) {
  const value = evaluate(parseQuery(text), { start: NOW, step: 1, count: 1 }, sourceOf(all))
  if (value.kind === 'scalar') return [{ labels: {}, point: value.points[0] }]
  if (value.kind === 'string') throw new Error(`${text} is a string`)
  return value.columns.map(({ labels, points }) => ({ labels, point: points[0] }))
}

const BUCKETS = [
  { le: '0.1', value: 10 },
  { le: '0.5', value: 60 },
  { le: '1', value: 90 },
  { le: '+Inf', value: 100 },
].map(({ le, value }) => ({ labels: { [NAME]: 'h', le }, value }))

test.each([
  ['histogram_quantile(0.35, h)', 0.3],
  ['histogram_quantile(0.05, h)', 0.05],
  ['histogram_quantile(0.595, h)', 0.496],
  ['histogram_quantile(0.99, h)', 1],
  ['1 + 2 * 3 ^ 2', 19],
  ['-2 ^ 2', -4],
  ['(-2) ^ 2', 4],
  ['5 % 3', 2],
  ['2 > bool 1', 1],
  ['1h30m', 5_400],
  ['0x1F', 31],
  ['round(vector(7.5), 5)', 10],
  ['clamp_max(clamp_min(vector(3), 4), 10)', 4],
  ['abs(vector(-3))', 3],
  ['count(h > 20)', 3],
  ['sum(h offset 5m)', 260],
  ['sum(last_over_time(h))', 260],
  ['sum(h{le=~"0.*"})', 70],
  ['absent(nothing)', 1],
  ['max_over_time(sum(h)[5m:1m])', 260],
])('%s is %d', (text, wanted) => {
  const points = pointsOf(text, BUCKETS)
  expect(points).toHaveLength(1)
  expect(points[0]?.point).toBeCloseTo(wanted, 9)
})

test('several of one side are refused without group_left, and taken with it', () => {
  const all = [
    { labels: { [NAME]: 'm', a: 'x', b: '1' }, value: 6 },
    { labels: { [NAME]: 'm', a: 'x', b: '2' }, value: 6 },
    { labels: { [NAME]: 'n', a: 'x', c: 'c' }, value: 3 },
  ]
  expect(() => pointsOf('m / on(a) n', all)).toThrow('many-to-many')
  expect(pointsOf('m / on(a) group_left(c) n', all)).toEqual([
    { labels: { a: 'x', b: '1', c: 'c' }, point: 2 },
    { labels: { a: 'x', b: '2', c: 'c' }, point: 2 },
  ])
  expect(pointsOf('n / on(a) group_right(c) m', all)).toHaveLength(2)
})
