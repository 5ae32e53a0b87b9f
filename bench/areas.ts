import type { GoalRow } from './goal.ts'
import { measureStart } from './start/start.ts'

export interface AreaOptions {
  /** How often each contestant runs. */
  runs: number
}

/** Measures every goal of one area. */
export type Area = (options: AreaOptions) => Promise<GoalRow[]>

/** `npm run bench -- AREA`. */
export const areas: Readonly<Record<string, Area>> = { start: measureStart }
