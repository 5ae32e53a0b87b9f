/** `bad_data` = the query cannot be read (400), `execution` = it cannot be answered (422). The words of Prometheus. */
export type QueryErrorType = 'bad_data' | 'execution'

/** Why a query has no answer. */
export class QueryError extends Error {
  readonly type: QueryErrorType

  constructor(type: QueryErrorType, message: string) {
    super(message)
    this.type = type
  }

  get httpStatus(): number {
    return this.type === 'bad_data' ? 400 : 422
  }
}

export const badQuery = (message: string) => new QueryError('bad_data', message)
export const unanswerable = (message: string) => new QueryError('execution', message)
