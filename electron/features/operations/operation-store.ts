import { z } from 'zod'
import { type Database, transaction } from '#electron/database/open-database.ts'
import { createChanges } from '#electron/lib/changes.ts'
import { Operation, OperationItem } from '#shared/contracts/operations.ts'

/** As many as the list of the page shows. */
const LISTED = 200

export interface OperationDetail {
  operation: Operation
  items: OperationItem[]
}

/** Operations and their items, in the database from the first moment. What moves is kept in memory as well. */
export function createOperationStore(database: Database) {
  const changes = createChanges()
  const lists = new Map<string, Operation[]>()
  const details = new Map<string, { accountId: string; detail: OperationDetail }>()
  const putOperation = database.prepare('INSERT OR REPLACE INTO operations VALUES (?, ?, ?, ?, ?)')
  const updateOperation = database.prepare('UPDATE operations SET status = ?, value = ? WHERE id = ?')
  const putItem = database.prepare('INSERT OR REPLACE INTO operation_items VALUES (?, ?, ?)')

  interruptRunning()

  /** Whatever was running when the app ended last time, ended with it. */
  function interruptRunning(): void {
    const Row = z.object({ id: z.string(), account_id: z.string() })
    const running = Row.array().parse(
      database.prepare("SELECT id, account_id FROM operations WHERE status = 'running'").all(),
    )
    for (const { id, account_id } of running) {
      const detail = read(account_id, id)
      if (!detail) continue
      details.set(id, { accountId: account_id, detail })
      interrupt(id, 'Hangar was closed')
    }
  }

  function read(accountId: string, id: string): OperationDetail | undefined {
    const Value = z.object({ value: z.string() })
    const row = database.prepare('SELECT value FROM operations WHERE id = ? AND account_id = ?').get(id, accountId)
    if (!row) return undefined
    const items = database.prepare('SELECT value FROM operation_items WHERE operation_id = ? ORDER BY position').all(id)
    return {
      operation: Operation.parse(JSON.parse(Value.parse(row).value)),
      items: Value.array()
        .parse(items)
        .map(({ value }) => OperationItem.parse(JSON.parse(value))),
    }
  }

  function list(accountId: string): Operation[] {
    const known = lists.get(accountId)
    if (known) return known
    const Value = z.object({
      value: z
        .string()
        .transform((text): unknown => JSON.parse(text))
        .pipe(Operation),
    })
    const rows = database
      .prepare('SELECT value FROM operations WHERE account_id = ? ORDER BY started_at DESC, rowid DESC LIMIT ?')
      .all(accountId, LISTED)
    const operations = Value.array()
      .parse(rows)
      .map(({ value }) => value)
    lists.set(accountId, operations)
    return operations
  }

  function begin(accountId: string, detail: OperationDetail): void {
    const { operation, items } = detail
    const before = list(accountId)
    transaction(database, () => {
      putOperation.run(operation.id, accountId, operation.startedAt, operation.status, JSON.stringify(operation))
      for (const item of items) putItem.run(operation.id, item.index, JSON.stringify(item))
    })
    details.set(operation.id, { accountId, detail })
    lists.set(accountId, [operation, ...before].slice(0, LISTED))
    changes.emit()
  }

  function replace(id: string, { operation, items }: OperationDetail): void {
    const running = details.get(id)
    if (!running) return
    running.detail = { operation, items }
    const { accountId } = running
    updateOperation.run(operation.status, JSON.stringify(operation), id)
    lists.set(
      accountId,
      list(accountId).map((one) => (one.id === id ? operation : one)),
    )
    if (operation.status !== 'running') details.delete(id)
    changes.emit()
  }

  function updateItem(id: string, item: OperationItem): void {
    const detail = details.get(id)?.detail
    if (!detail) return
    const items = detail.items.with(item.index, item)
    putItem.run(id, item.index, JSON.stringify(item))
    replace(id, { operation: { ...detail.operation, counts: countsOf(items) }, items })
  }

  function finish(id: string, { status, at }: { status: Operation['status']; at: number }): void {
    const detail = details.get(id)?.detail
    if (detail) replace(id, { ...detail, operation: { ...detail.operation, status, finishedAt: at } })
  }

  /** Ends an operation where it stands: the reason is said on every item that was not done. */
  function interrupt(id: string, reason: string): void {
    const detail = details.get(id)?.detail
    if (!detail) return
    for (const item of detail.items) {
      if (item.status === 'waiting') updateItem(id, { ...item, status: 'cancelled', result: `Not done: ${reason}.` })
      if (item.status === 'running') {
        const result = `${reason} while this was under way. Look whether it happened, and run it again if it did not.`
        updateItem(id, { ...item, status: 'failed', result })
      }
    }
    const at = details.get(id)?.detail.items.reduce((latest, one) => Math.max(latest, one.finishedAt ?? 0), 0)
    finish(id, { status: 'interrupted', at: at || detail.operation.startedAt })
  }

  return {
    list,
    begin,
    updateItem,
    finish,
    interrupt,
    /** Of this account only. */
    detail(accountId: string, id: string): OperationDetail | undefined {
      const running = details.get(id)
      return running?.accountId === accountId ? running.detail : read(accountId, id)
    },
    onChange: changes.on,
  }
}

export function countsOf(items: readonly OperationItem[]): Operation['counts'] {
  const count = (status: OperationItem['status']) => items.filter((item) => item.status === status).length
  return { total: items.length, done: count('done'), failed: count('failed'), skipped: count('skipped') }
}
