import PQueue from 'p-queue'
import type { OperationItem } from '#shared/contracts/operations.ts'
import { AppError } from '#shared/ipc/errors.ts'

/** Does the work of one item and says what happened; throws why not. */
export type ItemWork = () => Promise<string>

interface RunOptions {
  /** Items still to be done, each with its work. */
  items: readonly { item: OperationItem; work: ItemWork }[]
  concurrency: number
  /** After a failure nothing more is begun: each item needs those before it. */
  inOrder: boolean
  update: (item: OperationItem) => void
  now: () => number
  /** Aborts when no more items are to be begun. */
  stop: AbortSignal
  /** True once the account is gone: what was under way then is left as it is. */
  ended: AbortSignal
}

/** Runs the items and keeps each one's state. Returns when all have come to an end. */
export async function runItems({ items, concurrency, inOrder, update, now, stop, ended }: RunOptions): Promise<void> {
  const queue = new PQueue({ concurrency: inOrder ? 1 : concurrency })
  let broken = false
  const runs = items.map(({ item, work }) => queue.add(() => runOne(item, work)))
  await Promise.all(runs)

  async function runOne(item: OperationItem, work: ItemWork): Promise<void> {
    if (ended.aborted) return
    if (stop.aborted || broken) {
      const result = stop.aborted ? 'Not done: the operation was cancelled.' : 'Not done: the step before it failed.'
      update({ ...item, status: 'cancelled', result })
      return
    }
    const running: OperationItem = { ...item, status: 'running', startedAt: now() }
    update(running)
    const end = await outcomeOf(work)
    broken = inOrder && end.status === 'failed'
    if (!ended.aborted) update({ ...running, ...end, finishedAt: now() })
  }
}

async function outcomeOf(work: ItemWork): Promise<Pick<OperationItem, 'status' | 'result' | 'error'>> {
  try {
    return { status: 'done', result: await work() }
  } catch (error) {
    const wire = AppError.toWire(error)
    return { status: 'failed', result: wire.message, error: wire }
  }
}
