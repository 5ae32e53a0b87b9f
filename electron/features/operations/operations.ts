import { randomUUID } from 'node:crypto'
import type { Database } from '#electron/database/open-database.ts'
import type { ActiveAccount, ActiveAccounts } from '#electron/fly/active-account.ts'
import type { Log } from '#electron/lib/log.ts'
import type { Change, Operation, OperationItem, Plan } from '#shared/contracts/operations.ts'
import type { WireError } from '#shared/ipc/errors.ts'
import { planChange } from '#shared/operations/plan.ts'
import { subjectOf } from '#shared/operations/wording.ts'
import { type FleetForOperations, workOf } from './item-work.ts'
import { countsOf, createOperationStore } from './operation-store.ts'
import { refuseNothing, refuseReadOnly, refuseUnconfirmed } from './refusals.ts'
import { runItems } from './run-items.ts'

export interface Recorded {
  kind: Operation['kind']
  title: string
  item: { app: string; label: string }
}

export interface Outcome {
  status: 'done' | 'failed' | 'cancelled'
  /** One sentence. */
  result: string
  error?: WireError | undefined
}

interface OperationsOptions {
  accounts: ActiveAccounts
  database: Database
  fleet: FleetForOperations
  log: Log
  /** ms since 1970. */
  now?: () => number
}

export type Operations = ReturnType<typeof createOperations>

/** Each machine has buckets of its own at Fly, so only sockets bound how many are worked on at once. */
const CONCURRENCY = 50

interface Running {
  accountId: string
  stop: AbortController
  done: Promise<void>
}

/** Every change to Fly: planned, confirmed, kept from the first moment, done item by item. */
export function createOperations({ accounts, database, fleet, log, now = Date.now }: OperationsOptions) {
  const store = createOperationStore(database)
  const running = new Map<string, Running>()

  /** Throws `read-only`: nobody is asked about, or waits for, what is refused anyway. */
  function plan(change: Change): Plan {
    const { account } = accounts.current()
    refuseReadOnly(account)
    return planChange({ change, fleet: fleet.rows(), protectedAccount: account.protection === 'protected' })
  }

  function run(change: Change, confirmation?: string): Operation {
    const active = accounts.current()
    const planned = plan(change)
    refuseUnconfirmed(planned, confirmation)
    refuseNothing(planned)
    const operation = begin(active, { kind: change.kind, title: planned.title, items: planned.items })
    const stop = new AbortController()
    const done = work({ active, change, operation, stop: stop.signal })
      .catch((error: unknown) => log.error('An operation broke off', error))
      .finally(() => running.delete(operation.id))
    running.set(operation.id, { accountId: active.account.id, stop, done })
    return operation
  }

  interface Beginning {
    kind: Operation['kind']
    title: string
    items: Plan['items']
  }

  function begin({ account }: ActiveAccount, { kind, title, items: planned }: Beginning): Operation {
    const items = planned.map(({ skipped, ...item }, index): OperationItem => {
      return skipped === undefined
        ? { ...item, index, status: 'waiting' }
        : { ...item, index, status: 'skipped', result: `Left alone: ${skipped}.` }
    })
    const todo = items.filter(({ status }) => status === 'waiting')
    const operation: Operation = {
      id: randomUUID(),
      kind,
      title,
      status: 'running',
      by: account.identity ?? account.label,
      startedAt: now(),
      counts: countsOf(items),
      subject: subjectOf((todo.length > 0 ? todo : items).map(({ label }) => label)),
    }
    store.begin(account.id, { operation, items })
    return operation
  }

  interface Work {
    active: ActiveAccount
    change: Change
    operation: Operation
    stop: AbortSignal
  }

  async function work({ active, change, operation, stop }: Work): Promise<void> {
    const { id } = operation
    const { ended } = active
    const todo = itemsOf(active, id).filter(({ status }) => status === 'waiting')
    const { works, undo } = workOf({ active, fleet, operationId: id, stop, change, items: todo })
    const items = todo.map((item, index) => ({ item, work: works[index] ?? nothingToDo }))
    const update = (item: OperationItem) => store.updateItem(id, item)
    await runItems({ items, concurrency: CONCURRENCY, inOrder: undo !== undefined, update, now, stop, ended })
    if (ended.aborted) {
      store.interrupt(id, 'The account was signed out or switched')
      return
    }
    if (undo) await cleanUp({ active, id, undo })
    finish(active, id, stop)
  }

  interface CleanUp {
    active: ActiveAccount
    id: string
    undo: () => Promise<string>
  }

  /** What a workspace has left behind when one of its steps was not done; said where it broke off. */
  async function cleanUp({ active, id, undo }: CleanUp): Promise<void> {
    const broken = itemsOf(active, id).find(({ status }) => status === 'failed' || status === 'cancelled')
    const cleaned = broken ? await undo() : ''
    if (broken && cleaned) store.updateItem(id, { ...broken, result: `${broken.result ?? ''} ${cleaned}`.trim() })
  }

  const itemsOf = ({ account }: ActiveAccount, id: string) => store.detail(account.id, id)?.items ?? []

  function finish(active: ActiveAccount, id: string, stop: AbortSignal): void {
    const items = itemsOf(active, id)
    const failed = items.some(({ status }) => status === 'failed')
    const cancelled = stop.aborted && items.some(({ status }) => status === 'cancelled')
    store.finish(id, { status: cancelled ? 'cancelled' : failed ? 'failed' : 'done', at: now() })
  }

  return {
    plan,
    run,
    /** Keeps work done elsewhere, such as a deployment, beside the rest: begin it, and finish it once. */
    recordOperation(active: ActiveAccount, { kind, title, item }: Recorded) {
      const operation = begin(active, { kind, title, items: [item] })
      const [first] = itemsOf(active, operation.id)
      const runningItem: OperationItem | undefined = first && { ...first, status: 'running', startedAt: now() }
      if (runningItem) store.updateItem(operation.id, runningItem)
      return {
        id: operation.id,
        finish({ status, result, error }: Outcome) {
          const at = now()
          const end = { status, result, finishedAt: at, ...(error ? { error } : {}) }
          if (runningItem) store.updateItem(operation.id, { ...runningItem, ...end })
          store.finish(operation.id, { status, at })
        },
      }
    },
    cancel(id: string) {
      const one = running.get(id)
      if (one?.accountId === accounts.current().account.id) one.stop.abort()
    },
    list: () => store.list(accounts.current().account.id),
    detail: (id: string) => store.detail(accounts.current().account.id, id),
    onChange: store.onChange,
    /** Returns when nothing is under way any more. */
    async settled() {
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }
}

async function nothingToDo(): Promise<string> {
  return 'There was nothing to do.'
}
