import type { Answer } from '../http/route.ts'
import { type Metrics, success } from './answering.ts'
import { instantResult, rangeResult, rawResult } from './answers.ts'
import { evaluate, rawSamples } from './evaluate.ts'
import type { Expression, Selector } from './expression.ts'
import { type Parameters, queryOf, timeOf } from './parameters.ts'
import { parseQuery } from './parse-query.ts'
import { badQuery } from './query-error.ts'
import { stepsOf } from './steps.ts'

const isRange = (expression: Expression): expression is Selector & { range: number } =>
  expression.kind === 'selector' && expression.range !== undefined

/** Whether the order of the result is what was asked for. */
const isSorted = (expression: Expression): boolean =>
  (expression.kind === 'call' && expression.name.startsWith('sort')) ||
  (expression.kind === 'aggregate' && /^(top|bottom)k$/.test(expression.op))

export function query(metrics: Metrics, parameters: Parameters): Answer {
  const expression = parseQuery(queryOf(parameters))
  const time = timeOf(parameters, 'time', metrics.now)
  if (isRange(expression)) {
    const since = time - expression.moment.offset - expression.range
    return success(rawResult(rawSamples(expression, time, metrics), since))
  }
  const value = evaluate(expression, { start: time, step: 1, count: 1 }, metrics)
  return success(instantResult(value, time, isSorted(expression)))
}

export function queryRange(metrics: Metrics, parameters: Parameters): Answer {
  const expression = parseQuery(queryOf(parameters))
  const steps = stepsOf(parameters)
  if (expression.kind === 'string' || isRange(expression))
    throw badQuery('invalid expression type for range query, must be Scalar or instant Vector')
  return success(rangeResult(evaluate(expression, steps, metrics), steps))
}
