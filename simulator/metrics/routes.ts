import type { Answer, Route } from '../http/route.ts'
import { answering, type Metrics } from './answering.ts'
import { federate, labelNames, labelValues, series, tsdbStatus } from './label-routes.ts'
import type { Parameters } from './parameters.ts'
import { query, queryRange } from './query-routes.ts'

const ASKED: Record<string, (metrics: Metrics, parameters: Parameters, name: string) => Answer> = {
  'api/v1/query': query,
  'api/v1/query_range': queryRange,
  'api/v1/series': series,
  'api/v1/labels': labelNames,
  'api/v1/label/:name/values': labelValues,
  'api/v1/status/tsdb': tsdbStatus,
  federate,
}

/** The metrics of an organization: parameters in the address, or in a form that is posted. */
export const metricRoutes: Route[] = Object.entries(ASKED).flatMap(([path, ask]) =>
  (['GET', 'POST'] as const).map((method) => ({
    method,
    path: `/prometheus/:org/${path}`,
    handle: (call) => answering(call, (metrics, parameters) => ask(metrics, parameters, call.params.name ?? '')),
    readOnly: true,
    unlimited: true,
  })),
)
