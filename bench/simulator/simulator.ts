import type { AreaOptions } from '../area.ts'
import type { GoalRow } from '../goal.ts'
import { measureFleet } from './fleet.ts'
import { measureLogs } from './logs.ts'
import { measureMetrics } from './metrics.ts'

/** What a large simulated fleet costs, and one that talks and is measured. */
export async function measureSimulator(options: AreaOptions): Promise<GoalRow[]> {
  const rows: GoalRow[] = []
  for (const measure of [measureFleet, measureLogs, measureMetrics]) rows.push(...(await measure(options)))
  return rows
}
