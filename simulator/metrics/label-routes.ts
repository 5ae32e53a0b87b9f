import type { Answer } from '../http/route.ts'
import { type Metrics, success } from './answering.ts'
import { type Labels, NAME } from './labels.ts'
import { type Parameters, timeOf } from './parameters.ts'
import { parseQuery } from './parse-query.ts'
import { badQuery } from './query-error.ts'
import { RETENTION, scrapeBefore } from './scrape.ts'
import type { Matcher } from './selector.ts'

/** Everything there is. */
const ANY: readonly Matcher[] = [{ label: NAME, op: '!=', value: '' }]

function selectorsOf({ all }: Parameters): (readonly Matcher[])[] {
  return all('match[]').map((text) => {
    const selector = parseQuery(text)
    if (selector.kind !== 'selector') throw badQuery('invalid parameter "match[]": a selector is wanted')
    return selector.matchers
  })
}

const required = (selectors: (readonly Matcher[])[]) => {
  if (selectors.length === 0) throw badQuery('no match[] parameter provided')
  return selectors
}

const sinceOf = (metrics: Metrics, parameters: Parameters) => timeOf(parameters, 'start', metrics.now - RETENTION)

export function series(metrics: Metrics, parameters: Parameters): Answer {
  const since = sinceOf(metrics, parameters)
  const found = required(selectorsOf(parameters)).flatMap((matchers) => metrics.find(matchers, since))
  return success(found.map(({ labels }) => labels))
}

/** What the labels of the series say, once each. */
function distinct(metrics: Metrics, parameters: Parameters, of: (labels: Labels) => readonly string[]): string[] {
  const selectors = selectorsOf(parameters)
  const seen = new Set<string>()
  for (const matchers of selectors.length > 0 ? selectors : [ANY])
    for (const { labels } of metrics.each(matchers, sinceOf(metrics, parameters)))
      for (const text of of(labels)) seen.add(text)
  return [...seen].sort()
}

export const labelNames = (metrics: Metrics, parameters: Parameters): Answer =>
  success(distinct(metrics, parameters, Object.keys))

export const labelValues = (metrics: Metrics, parameters: Parameters, name: string): Answer =>
  success(distinct(metrics, parameters, ({ [name]: value }) => (value === undefined ? [] : [value])))

/** How many of the largest are named. */
const NAMED = 10
const largest = (counts: ReadonlyMap<string, number>) =>
  [...counts]
    .map(([name, value]) => ({ name, value }))
    .sort((a, b) => b.value - a.value)
    .slice(0, NAMED)

const count = (counts: Map<string, number>, name: string) => void counts.set(name, (counts.get(name) ?? 0) + 1)

/** What there is now, counted (VictoriaMetrics docs, TSDB stats). */
export function tsdbStatus(metrics: Metrics): Answer {
  const [byName, byPair, values] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()]
  let totalSeries = 0
  for (const { labels } of metrics.each(ANY, metrics.now)) {
    totalSeries += 1
    count(byName, labels[NAME] ?? '')
    for (const [name, value] of Object.entries(labels)) {
      const pair = `${name}=${value}`
      if (!byPair.has(pair)) count(values, name)
      count(byPair, pair)
    }
  }
  return success({
    totalSeries,
    totalLabelValuePairs: byPair.size,
    seriesCountByMetricName: largest(byName),
    seriesCountByLabelValuePair: largest(byPair),
    labelValueCountByLabelName: largest(values),
  })
}

/** The newest samples as text, as one Prometheus reads them from another. */
export function federate(metrics: Metrics, parameters: Parameters): Answer {
  const time = scrapeBefore(metrics.now)
  const found = required(selectorsOf(parameters)).flatMap((matchers) => metrics.find(matchers, time))
  const lines = found.flatMap(({ labels, at }) => {
    const value = at(time)
    const { [NAME]: name, ...others } = labels
    const written = Object.entries(others).map(([label, text]) => `${label}=${JSON.stringify(text)}`)
    return Number.isNaN(value) ? [] : `${name}{${written.join(',')}} ${value} ${time}\n`
  })
  return { status: 200, body: lines.join(''), headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' } }
}
