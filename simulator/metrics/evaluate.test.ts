import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Column } from './columns.ts'
import { evaluate, type Source } from './evaluate.ts'
import { keyOf, type Labels, NAME } from './labels.ts'
import { parseQuery } from './parse-query.ts'
import { SCRAPE } from './scrape.ts'
import { filterOf } from './selector.ts'

/** A multiple of the scrape interval, far from the beginning of time. */
const BEGIN = 100_000 * SCRAPE
const LENGTH = 40

interface Curve {
  labels: Labels
  /** One for each scrape from BEGIN on; NaN = there was none. */
  values: number[]
}

const curves = fc.uniqueArray(
  fc.record({
    labels: fc.record({
      [NAME]: fc.constantFrom('m', 'n'),
      a: fc.constantFrom('x', 'y', 'z'),
      b: fc.constantFrom('1', '2'),
    }),
    values: fc.array(fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 50 }) }, fc.constant(Number.NaN)), {
      minLength: LENGTH,
      maxLength: LENGTH,
    }),
  }),
  { maxLength: 8, selector: ({ labels }) => keyOf(labels) },
)

const sourceOf = (all: readonly Curve[]): Source => ({
  now: BEGIN + LENGTH * SCRAPE,
  find: (matchers) =>
    all
      .filter(({ labels }) => filterOf(matchers).fits(labels))
      .map(({ labels, values }) => ({ labels, at: (time) => values[(time - BEGIN) / SCRAPE] ?? Number.NaN })),
})

/** Any, and often one of a scrape, where ranges begin and end. */
const moments = fc
  .oneof(
    fc.integer({ min: 0, max: LENGTH * SCRAPE - 1 }),
    fc.integer({ min: 0, max: LENGTH - 1 }).map((scrape) => scrape * SCRAPE),
  )
  .map((after) => BEGIN + after)

/** Of seconds, often whole scrapes. */
const ranges = fc.oneof(
  fc.integer({ min: 1, max: 600 }),
  fc.integer({ min: 1, max: 20 }).map((scrapes) => (scrapes * SCRAPE) / 1_000),
)

/** What a query says at one moment: labels as text, and the value. */
function at(text: string, all: readonly Curve[], time: number): Map<string, number> {
  const value = evaluate(parseQuery(text), { start: time, step: 1, count: 1 }, sourceOf(all))
  if (value.kind !== 'vector') throw new Error(`${text} is no vector`)
  return said(value.columns, 0)
}

const said = (columns: readonly Column[], index: number) =>
  new Map(
    columns.flatMap(({ labels, points }) => {
      const point = points[index] ?? Number.NaN
      return Number.isNaN(point) ? [] : [[keyOf(labels), point] as const]
    }),
  )

const latest = ({ values }: Curve, time: number) => values[Math.floor((time - BEGIN) / SCRAPE)] ?? Number.NaN
const named = (all: readonly Curve[], name: string) => all.filter(({ labels }) => labels[NAME] === name)
const isThere = (value: number) => !Number.isNaN(value)

/** Labels without the name, as text. */
const bare = ({ labels: { a = '', b = '' } }: Curve) => keyOf({ a, b })

function expectClose(found: Map<string, number>, wanted: Map<string, number>) {
  expect([...found.keys()].sort()).toEqual([...wanted.keys()].sort())
  for (const [key, value] of wanted) expect(found.get(key)).toBeCloseTo(value, 6)
}

const QUERIES = [
  'm',
  '-m',
  'm offset 1m',
  'm @ end()',
  'sum by (a) (m)',
  'topk(2, m)',
  'rate(m[2m])',
  'increase(m[90s])',
  'irate(n[1m])',
  'delta(n)[5m:30s]',
  'avg_over_time(m[2m:30s])',
  'max_over_time(sum(m)[3m:])',
  'm / on(a, b) n',
  'm > bool 20',
  'm and on(b) (n > 10)',
  'm unless n',
  'm or on(a) n',
  'clamp(m, 10, 20)',
  'absent(m)',
  'scalar(sum(m)) + vector(1)',
  'time() - 100',
  'label_replace(m, "c", "$1!", "a", "(.).*")',
  'quantile by (b) (0.7, m)',
]

test.each(QUERIES.filter((text) => !text.startsWith('delta')))(
  'over a range, %s is what it is at each moment',
  (text) => {
    fc.assert(
      fc.property(curves, moments, fc.integer({ min: 1_000, max: 90_000 }), (all, start, step) => {
        const source = sourceOf(all)
        // Some depend on the range itself: they are pinned to its end, or step as it does.
        const steps = { start, step, count: 6 }
        const whole = evaluate(parseQuery(text), steps, source)
        const query = parseQuery(text.replace('end()', String((start + 5 * step) / 1_000)).replace(':]', `:${step}ms]`))
        for (let index = 0; index < 6; index += 1) {
          const one = evaluate(query, { start: start + index * step, step: 1, count: 1 }, source)
          if (whole.kind !== 'vector' || one.kind !== 'vector') {
            expect([whole.kind, one.kind]).toEqual(['scalar', 'scalar'])
            continue
          }
          expectClose(said(one.columns, 0), said(whole.columns, index))
        }
      }),
      { numRuns: 40 },
    )
  },
)

describe('as it is defined', () => {
  test('a selector gives the newest scrape of each series', () => {
    fc.assert(
      fc.property(curves, moments, (all, time) => {
        const wanted = named(all, 'm').filter(
          ({ labels, ...curve }) => labels.a !== 'y' && isThere(latest({ labels, ...curve }, time)),
        )
        expect(at('m{a!~"y|w"}', all, time)).toEqual(
          new Map(wanted.map((curve) => [keyOf(curve.labels), latest(curve, time)])),
        )
      }),
    )
  })

  const FOLDS: [string, (values: number[]) => number][] = [
    ['sum', (values) => values.reduce((a, b) => a + b, 0)],
    ['avg', (values) => values.reduce((a, b) => a + b, 0) / values.length],
    ['min', (values) => Math.min(...values)],
    ['max', (values) => Math.max(...values)],
    ['count', (values) => values.length],
  ]

  test.each(FOLDS)('%s by a label folds each group, and without the others the same', (op, fold) => {
    fc.assert(
      fc.property(curves, moments, (all, time) => {
        const groups = new Map<string, number[]>()
        for (const curve of named(all, 'm')) {
          const value = latest(curve, time)
          const key = keyOf({ a: curve.labels.a ?? '' })
          if (isThere(value)) groups.set(key, [...(groups.get(key) ?? []), value])
        }
        const wanted = new Map([...groups].map(([key, values]) => [key, fold(values)]))
        expectClose(at(`${op} by (a) (m)`, all, time), wanted)
        expectClose(at(`${op}(m) without (b)`, all, time), wanted)
      }),
    )
  })

  test.each(FOLDS)('%s_over_time folds the samples of the range', (op, fold) => {
    fc.assert(
      fc.property(curves, moments, ranges, (all, time, seconds) => {
        const wanted = new Map(
          named(all, 'm').flatMap((curve) => {
            const values = curve.values.filter((value, index) => {
              const when = BEGIN + index * SCRAPE
              return isThere(value) && when <= time && when > time - seconds * 1_000
            })
            return values.length === 0 ? [] : [[bare(curve), fold(values)] as const]
          }),
        )
        expectClose(at(`${op}_over_time(m[${seconds}s])`, all, time), wanted)
      }),
    )
  })

  /** Every rise counts; after a fall the counter began at zero. From the sample just before the range, if it is near. */
  function naiveIncrease({ values }: Curve, time: number, range: number) {
    const samples = values
      .map((value, index) => ({ value, when: BEGIN + index * SCRAPE }))
      .filter(({ value, when }) => isThere(value) && when <= time)
    const inside = samples.filter(({ when }) => when > time - range)
    const before = samples.filter(({ when }) => when <= time - range).at(-1)
    const [first] = inside
    if (before && first && first.when - before.when <= 1.5 * SCRAPE) inside.unshift(before)
    if (inside.length < 2) return undefined
    const rises = inside.slice(1).map(({ value }, index) => {
      const last = inside[index]?.value ?? 0
      return value >= last ? value - last : value
    })
    const took = ((inside.at(-1)?.when ?? 0) - (inside[0]?.when ?? 0)) / 1_000
    return { rise: rises.reduce((a, b) => a + b, 0), took }
  }

  test('increase and rate count every rise of a counter, across its resets', () => {
    fc.assert(
      fc.property(curves, moments, ranges, (all, time, seconds) => {
        const naive = named(all, 'm').flatMap((curve) => {
          const found = naiveIncrease(curve, time, seconds * 1_000)
          return found ? [[bare(curve), found] as const] : []
        })
        expectClose(at(`increase(m[${seconds}s])`, all, time), new Map(naive.map(([key, { rise }]) => [key, rise])))
        expectClose(
          at(`rate(m[${seconds}s])`, all, time),
          new Map(naive.map(([key, { rise, took }]) => [key, rise / took])),
        )
      }),
    )
  })

  test('topk and bottomk keep the largest and the smallest', () => {
    fc.assert(
      fc.property(curves, moments, fc.integer({ min: 0, max: 5 }), (all, time, k) => {
        const values = named(all, 'm')
          .map((curve) => latest(curve, time))
          .filter(isThere)
          .sort((a, b) => a - b)
        expect([...at(`bottomk(${k}, m)`, all, time).values()]).toEqual(values.slice(0, k))
        expect([...at(`topk(${k}, m)`, all, time).values()]).toEqual(values.toReversed().slice(0, k))
      }),
    )
  })

  test('a quantile of all lies between them, at its place', () => {
    fc.assert(
      fc.property(curves, moments, (all, time) => {
        const values = named(all, 'm')
          .map((curve) => latest(curve, time))
          .filter(isThere)
        if (values.length === 0) return
        const [half = Number.NaN] = at('quantile(0.5, m)', all, time).values()
        const below = values.filter((value) => value <= half).length
        expect(below * 2).toBeGreaterThanOrEqual(values.length)
        expect([...at('quantile(1, m)', all, time).values()]).toEqual([Math.max(...values)])
      }),
    )
  })

  test('what is in a set and what is not in it make up the whole', () => {
    fc.assert(
      fc.property(curves, moments, (all, time) => {
        const [both, only, whole] = ['m and on(a) n', 'm unless on(a) n', 'm'].map((text) => at(text, all, time))
        expect(new Map([...(both ?? []), ...(only ?? [])])).toEqual(new Map([...(whole ?? [])].sort(() => 0)))
        expect((both?.size ?? 0) + (only?.size ?? 0)).toBe(whole?.size)
        expect(at('m or n', all, time).size).toBeGreaterThanOrEqual(whole?.size ?? 0)
      }),
    )
  })

  test('two metrics meet where their labels are the same', () => {
    fc.assert(
      fc.property(curves, moments, (all, time) => {
        const others = new Map(named(all, 'n').map((curve) => [bare(curve), latest(curve, time)]))
        const wanted = named(all, 'm').flatMap((curve) => {
          const sum = latest(curve, time) + (others.get(bare(curve)) ?? Number.NaN)
          return isThere(sum) ? [[bare(curve), sum] as const] : []
        })
        expect(at('m + n', all, time)).toEqual(new Map(wanted))
        expect(at('m + on(a, b) group_left() n', all, time)).toEqual(new Map(wanted))
      }),
    )
  })
})
