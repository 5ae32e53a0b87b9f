import type { GoalRow } from './goal.ts'

export interface AreaOptions {
  /** How often each contestant runs. */
  runs: number
}

/** Measures every goal of one area. */
export type Area = (options: AreaOptions) => Promise<GoalRow[]>
