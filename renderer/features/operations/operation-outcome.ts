import type { Operation, OperationDetail } from '#shared/contracts/operations.ts'

interface Outcome {
  kind: 'success' | 'warning' | 'failure'
  title: string
  text?: string
}

/** What a stream said last. */
export async function lastOf<Item>(items: AsyncIterable<Item>): Promise<Item | undefined> {
  let last: Item | undefined
  for await (const item of items) last = item
  return last
}

const ENDS: Readonly<Record<Exclude<Operation['status'], 'running'>, readonly [Outcome['kind'], string]>> = {
  done: ['success', 'done'],
  failed: ['failure', 'failed'],
  cancelled: ['warning', 'cancelled'],
  interrupted: ['warning', 'interrupted'],
}

/** How an operation ended, for a toast; undefined while it goes on. */
export function outcomeOf({ operation, items }: OperationDetail): Outcome | undefined {
  const { status, title, counts } = operation
  if (status === 'running') return undefined
  const [kind, word] = ENDS[status]
  const error = items.find((item) => item.error)?.error
  const some = counts.failed > 0 && counts.total > 1 ? `${counts.failed} of ${counts.total} failed. ` : ''
  const text = `${some}${error?.message ?? ''}`.trim()
  return { kind, title: `${title}: ${word}`, ...(text !== '' && { text }) }
}
