import type { Run, Voice } from '../machines/run-book.ts'
import type { Labels } from './labels.ts'
import { type Curve, counted, type Family, type Instance } from './series.ts'
import { createWave, shareOf, type Wave } from './wave.ts'

/** Requests a second to one machine with services, in the mean. */
const VISITS: Record<Voice, number> = { builder: 0.2, service: 12, workspace: 0.4 }

/** How visits end. */
const STATUSES = { '200': 0.93, '301': 0.02, '404': 0.035, '500': 0.008, '502': 0.007 }
/** Requests for each connection that is opened. */
const KEPT_ALIVE = 6
const HANDSHAKE_FAILS = 0.001
/** Bytes. */
const ANSWER = 9_000
const QUESTION = 700

/** Seconds; where the buckets of a histogram end. */
const EDGES = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Number.POSITIVE_INFINITY]
/** How far times spread around their median, in powers of e. */
const SPREAD = 0.9

/** Share of times that are shorter, when half of them are shorter than the median: the logistic curve. */
const shorter = (seconds: number, median: number) => 1 / (1 + (median / seconds) ** (1.7 / SPREAD))

export const visitsOf = ({ life, name }: Instance): Wave =>
  createWave(`${name} visits`, () => ({
    mean: VISITS[life.voice] * (0.3 + 1.4 * shareOf(`${name} visits`)),
    day: 0.55,
    minute: 0.3,
  }))

/** Seconds that half of the answers are faster than. */
export const medianOf = ({ name }: Instance) => 0.02 + 0.1 * shareOf(`${name} speed`)

/** What is counted of visits: how many of each kind for one visit, with its labels. */
export interface Share {
  labels: Labels
  /** Given the median of the machine's answer times. */
  of(median: number): number
}

const always = (share: number) => () => share
const spell = (edge: number) => (edge === Number.POSITIVE_INFINITY ? '+Inf' : String(edge))

/** A histogram's three metrics: `_bucket`, `_sum`, `_count`, split by one label. */
function histogram(name: string, label: string, split: Record<string, number>, scale: number): Record<string, Share[]> {
  const parts = Object.entries(split)
  return {
    [`${name}_bucket`]: parts.flatMap(([value, share]) =>
      EDGES.map((edge) => ({
        labels: { [label]: value, le: spell(edge) },
        of: (median) => share * shorter(edge, median * scale),
      })),
    ),
    // The mean of such times lies above their median by about half.
    [`${name}_sum`]: parts.map(([value, share]) => ({
      labels: { [label]: value },
      of: (median) => share * median * scale * 1.5,
    })),
    [`${name}_count`]: parts.map(([value, share]) => ({ labels: { [label]: value }, of: always(share) })),
  }
}

const byStatus = Object.entries(STATUSES).map(([status, share]) => ({ labels: { status }, of: always(share) }))
const CONNECTS: Share[] = [{ labels: {}, of: always(1 / KEPT_ALIVE) }]

/** What each visit counts in the edge where people come in. */
export const EDGE_SHARES: Record<string, Share[]> = {
  fly_edge_http_responses_count: byStatus,
  ...histogram('fly_edge_http_response_time_seconds', 'status', STATUSES, 1.3),
  fly_edge_tcp_connects_count: CONNECTS,
  fly_edge_tcp_disconnects_count: CONNECTS,
  fly_edge_data_out: [{ labels: {}, of: always(ANSWER) }],
  fly_edge_data_in: [{ labels: {}, of: always(QUESTION) }],
  ...histogram('fly_edge_tls_handshake_time_seconds', 'version', { 'TLSv1.3': 0.15, 'TLSv1.2': 0.01 }, 0.3),
}
export const HANDSHAKE_ERRORS: Share = { labels: {}, of: always(HANDSHAKE_FAILS) }

/** The same visits as the machine sees them. */
const APP_SHARES: Record<string, Share[]> = {
  fly_app_http_responses_count: byStatus,
  ...histogram('fly_app_http_response_time_seconds', 'status', STATUSES, 1),
  ...histogram('fly_app_connect_time_seconds', 'protocol', { tcp: 1 / KEPT_ALIVE }, 0.05),
  fly_app_tcp_connects_count: CONNECTS,
  fly_app_tcp_disconnects_count: CONNECTS,
}

/** Sums are of seconds; everything else is counted. */
export const whole = (metric: string, value: number) => (metric.endsWith('_sum') ? value : counted(value))

function visitCurves(instance: Instance, metric: string, shares: readonly Share[]): Curve[] {
  const visits = visitsOf(instance)
  let median: number | undefined
  const medianHere = () => {
    median ??= medianOf(instance)
    return median
  }
  return shares.map(({ labels, of }) => ({
    labels,
    at: (run, time) => (run.serves ? whole(metric, visits.between(run.from, time) * of(medianHere())) : Number.NaN),
  }))
}

export const VISITED: Family = {
  ...Object.fromEntries(
    Object.entries(APP_SHARES).map(([name, shares]) => [
      name,
      (instance: Instance) => visitCurves(instance, name, shares),
    ]),
  ),
  // Connections stay open for some seconds after their last request.
  fly_app_concurrency: (instance) => {
    const visits = visitsOf(instance)
    const at = (run: Run, time: number) => (run.serves ? Math.round(visits.at(time) * 1.5) : Number.NaN)
    return [{ at }]
  },
}
