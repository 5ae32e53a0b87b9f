import type { Steps } from './columns.ts'
import { type Parameters, stepOf, timeOf } from './parameters.ts'
import { badQuery } from './query-error.ts'

/** Points a series may have (Prometheus: enough for a week at a minute). */
const MOST_POINTS = 11_000

/** The moments of a range query. */
export function stepsOf(parameters: Parameters): Steps {
  const start = timeOf(parameters, 'start', undefined)
  const end = timeOf(parameters, 'end', undefined)
  if (end < start) throw badQuery('invalid parameter "end": end timestamp must not be before start time')
  const step = stepOf(parameters)
  if ((end - start) / step > MOST_POINTS)
    throw badQuery(
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    )
  return { start, step, count: Math.floor((end - start) / step) + 1 }
}
