import type { AreaOptions } from '../area.ts'
import type { GoalRow } from '../goal.ts'
import { measureFleet } from './fleet.ts'

/** What a large simulated fleet costs. */
export async function measureSimulator(options: AreaOptions): Promise<GoalRow[]> {
  return measureFleet(options)
}
