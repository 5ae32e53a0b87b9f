import { AppError } from '#shared/ipc/errors.ts'

/** What a support request needs: request, answer, request id. Empty when no request was involved. */
export function failureDetails(error: unknown): [label: string, value: string][] {
  if (!(error instanceof AppError) || !error.request) return []
  const { method, path, status, requestId } = error.request
  const rows: [string, string][] = [
    ['Request', `${method} ${path}`],
    ['Answer', status === undefined ? 'none' : String(status)],
  ]
  if (requestId) rows.push(['Request id', requestId])
  return rows
}

/** Only an `AppError` carries a sentence made for the person. */
export const failureMessage = (error: unknown): string =>
  error instanceof AppError ? error.message : 'Something went wrong in Hangar itself. The log has the details.'
