import type { Life, Run } from '../machines/run-book.ts'
import type { Labels } from './labels.ts'

/** One curve. `at` is asked for moments of the scrape grid alone; NaN = nothing was measured then. */
export interface Series {
  labels: Labels
  at(time: number): number
}

/** A machine as its curves see it. */
export interface Instance {
  life: Life
  /** Names its waves: the seed of the world and the machine. */
  name: string
  /** When the world began: what lies before is a made up past. */
  startedAt: number
}

/** One of the curves that a metric has for each machine. */
export interface Curve {
  labels?: Labels
  at(run: Run, time: number): number
}

/** Metrics of a machine, by name. */
export type Family = Record<string, (instance: Instance) => Curve[]>

/** Whole numbers, as the kernel counts. */
export const counted = (value: number): number => Math.floor(value)

/** What the fleet has in common with its machines: the largest of all its runs. */
export const most = ({ life }: Instance, of: (run: Run) => number): number => Math.max(0, ...life.runs.map(of))
