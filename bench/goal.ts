import { median, p95 } from './statistics.ts'

/** What one goal is measured by. Less is better: every metric is a time or a size. */
export interface Goal {
  id: string
  metric: string
  unit: string
  peerName: string
  atMost: Limit
}

/** Most that ours may be: a multiple of the peer's in the same run, or a value where the goal is one. */
export type Limit = { ratio: number } | { value: number }

/** What the runs said, one number each. */
export interface Samples {
  ours: readonly number[]
  peer: readonly number[]
}

/** One line of the report. */
export interface GoalRow {
  id: string
  metric: string
  unit: string
  ours: number
  oursP95: number
  peer: number
  peerP95: number
  peerName: string
  ratio: number
  goal: string
  met: boolean
  runs: number
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))

/** Compares medians: a single slow run of a busy computer is told by p95 and decides nothing. */
export function judge({ id, metric, unit, peerName, atMost }: Goal, { ours, peer }: Samples): GoalRow {
  const ratio = median(ours) / median(peer)
  const isRatio = 'ratio' in atMost
  return {
    id,
    metric,
    unit,
    ours: rounded(median(ours), 1),
    oursP95: rounded(p95(ours), 1),
    peer: rounded(median(peer), 1),
    peerP95: rounded(p95(peer), 1),
    peerName,
    ratio: rounded(ratio, 2),
    goal: isRatio ? `≤ ${atMost.ratio}×` : `≤ ${atMost.value} ${unit}`,
    met: isRatio ? ratio <= atMost.ratio : median(ours) <= atMost.value,
    runs: ours.length,
  }
}
