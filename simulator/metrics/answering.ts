import { organizationFor } from '../apps/find-app.ts'
import { FlyError, forbidden } from '../http/fly-error.ts'
import { type Answer, type Call, ok } from '../http/route.ts'
import type { Source } from './evaluate.ts'
import { eachSeries, findSeries } from './find-series.ts'
import { type Parameters, parametersOf } from './parameters.ts'
import { QueryError } from './query-error.ts'
import type { Matcher } from './selector.ts'
import type { Series } from './series.ts'

/** What an organization has. */
export interface Metrics extends Source {
  /** Series without values, however many. */
  each(matchers: readonly Matcher[], since: number): Iterable<Series>
}

/**
 * Fly's metrics are strict where its other APIs are not: `Bearer` for the token of a person, `FlyV1` for those that were
 * made (Fly docs, metrics). Who may use one app alone has no business with the metrics of all; what Fly answers is not
 * documented.
 */
function metricsFor({ world, principal, params, header }: Call): Metrics {
  const scheme = principal.kind === 'user' ? /^\s*bearer\s+(?!flyv1\s)/i : /^\s*flyv1\s/i
  if (!scheme.test(header('authorization') ?? '')) throw new FlyError(401, 'unauthorized')
  if (principal.app !== undefined) throw forbidden()
  const { rawSlug: org } = organizationFor(world, principal, params.org ?? '')
  return {
    now: world.clock.now(),
    find: (matchers, since) => findSeries(world, { org, matchers, since }),
    each: (matchers, since) => eachSeries(world, { org, matchers, since }),
  }
}

/** Answers a call; what cannot be answered is said in the shape of Prometheus. */
export function answering(call: Call, answer: (metrics: Metrics, parameters: Parameters) => Answer): Answer {
  const metrics = metricsFor(call)
  try {
    return answer(metrics, parametersOf(call))
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    return { status: error.httpStatus, body: { status: 'error', errorType: error.type, error: error.message } }
  }
}

export const success = (data: unknown): Answer => ok({ status: 'success', data })
