import type { AreaOptions } from '../area.ts'
import type { GoalRow } from '../goal.ts'
import { measureFleet } from './fleet.ts'
import { measureLogs } from './logs.ts'

/** What a large simulated fleet costs, and one that talks much. */
export async function measureSimulator(options: AreaOptions): Promise<GoalRow[]> {
  return [...(await measureFleet(options)), ...(await measureLogs(options))]
}
