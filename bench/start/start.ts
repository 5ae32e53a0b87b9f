import type { AreaOptions } from '../area.ts'
import type { GoalRow } from '../goal.ts'
import { measureColdStart } from './cold-start.ts'
import { measureLists } from './lists.ts'

/** From a cold process to a list that can be worked with. */
export async function measureStart(options: AreaOptions): Promise<GoalRow[]> {
  return [...(await measureColdStart(options)), ...(await measureLists(options))]
}
