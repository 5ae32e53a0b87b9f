import type { ActiveAccounts } from '#electron/fly/active-account.ts'
import { latest } from '#electron/lib/changes.ts'
import type { contract } from '#shared/contract.ts'
import type { Operation } from '#shared/contracts/operations.ts'
import type { Handlers } from '#shared/ipc/contract.ts'
import { AppError } from '#shared/ipc/errors.ts'
import type { OperationDetail } from './operation-store.ts'
import type { Operations } from './operations.ts'

interface Needs {
  operations: Operations
  accounts: ActiveAccounts
}

export function operationHandlers({ operations, accounts }: Needs): Handlers<typeof contract>['operations'] {
  const until = (signal: AbortSignal) => AbortSignal.any([signal, accounts.current().ended])
  return {
    plan: async (change) => operations.plan(change),
    run: async ({ change, confirmation }) => operations.run(change, confirmation),
    watch: (_, { signal }) =>
      changedOnly(latest({ read: operations.list, on: operations.onChange, signal: until(signal) })),
    watchOne: ({ id }, { signal }) => watchOne(operations, { id, signal: until(signal) }),
    cancel: async ({ id }) => operations.cancel(id),
  }
}

/** A list is the same list until something in it has moved. */
async function* changedOnly(lists: AsyncIterable<Operation[]>): AsyncGenerator<Operation[]> {
  let before: Operation[] | undefined
  for await (const list of lists) {
    if (list !== before) yield list
    before = list
  }
}

async function* watchOne(
  operations: Operations,
  { id, signal }: { id: string; signal: AbortSignal },
): AsyncGenerator<OperationDetail> {
  let before: OperationDetail | undefined
  for await (const detail of latest({ read: () => operations.detail(id), on: operations.onChange, signal })) {
    if (!detail) throw new AppError('not-found', 'This operation is not kept any more.')
    if (detail !== before) yield detail
    before = detail
    if (detail.operation.status !== 'running') return
  }
}
