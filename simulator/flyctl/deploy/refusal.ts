import { type ApiAnswer, reason, text } from '../api.ts'
import { FlyctlError } from '../failure.ts'

/** What flyctl says of an answer it cannot go on with: what it was doing, the server's words, and advice it knows. */
export function refusal(doing: string, answer: ApiAnswer): FlyctlError {
  const noRoom = text(answer.body, 'status') === 'insufficient_capacity'
  const details = noRoom ? ['Try choosing a different region for machine creation'] : []
  return new FlyctlError(`${doing}: ${reason(answer)}`, { details, requestId: answer.requestId })
}
