import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { staysOpen } from '#renderer/test/rows.ts'
import { nothing, showPage } from '#renderer/test/show-page.tsx'
import type { Change, Operation, OperationItem } from '#shared/contracts/operations.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { OperationsPage } from './operations-page.tsx'

const OPERATION: Operation = {
  id: 'op1',
  kind: 'stop',
  title: 'Stop 3 machines',
  status: 'running',
  by: 'acme',
  startedAt: Date.now() - 10_000,
  counts: { total: 3, done: 1, failed: 1, skipped: 0 },
  subject: 'usr_1 and 2 more',
}
const ITEMS: OperationItem[] = [
  { index: 0, app: 'ws-1', machineId: 'a1', label: 'usr_1', status: 'done', result: 'stopped' },
  {
    index: 1,
    app: 'ws-2',
    machineId: 'b2',
    label: 'usr_2',
    status: 'failed',
    error: {
      code: 'conflict',
      message: 'Someone else holds the lease.',
      request: { method: 'POST', path: '/v1/apps/ws-2/machines/b2/stop', status: 412, requestId: '01K6-iad' },
    },
  },
  { index: 2, app: 'ws-3', machineId: 'c3', label: 'usr_3', status: 'waiting' },
]
const fleet = { watch: async function* () {} }

test('the list says how each operation stands, and opens one', async () => {
  const opened: unknown[] = []
  showPage(<OperationsPage operationId={undefined} onOpenOperation={(id) => opened.push(id)} />, {
    fleet,
    operations: { watch: (_input, { signal }) => staysOpen([[OPERATION]], signal) },
  })
  const row = await screen.findByRole('row', { name: /Stop 3 machines/ })
  expect(row.textContent).toContain('1 of 3, 1 failed')
  await userEvent.click(screen.getByText('Stop 3 machines'))
  expect(opened).toEqual(['op1'])
})

test('nothing done yet is said, and so is a list that cannot be read', async () => {
  const { unmount } = showPage(<OperationsPage operationId={undefined} onOpenOperation={nothing} />, {
    fleet,
    operations: { watch: (_input, { signal }) => staysOpen([[]], signal) },
  })
  expect(await screen.findByText('Nothing done yet')).toBeDefined()
  unmount()
  showPage(<OperationsPage operationId={undefined} onOpenOperation={nothing} />, {
    fleet,
    operations: {
      watch: () => {
        throw new AppError('forbidden', 'Not allowed.')
      },
    },
  })
  expect((await screen.findByRole('alert')).textContent).toContain('Not allowed.')
})

test('one operation shows what became of each machine, gives the request id of a failure, and can be cancelled', async () => {
  const cancelled: string[] = []
  const { copied } = showPage(<OperationsPage operationId="op1" onOpenOperation={nothing} />, {
    fleet,
    operations: {
      watchOne: (_input, { signal }) => staysOpen([{ operation: OPERATION, items: ITEMS }], signal),
      cancel: async ({ id }) => void cancelled.push(id),
    },
  })
  expect(await screen.findByText('412: Someone else holds the lease.')).toBeDefined()
  await userEvent.click(screen.getByRole('button', { name: 'Copy request id 01K6-iad' }))
  expect(copied).toEqual(['01K6-iad'])
  await userEvent.click(screen.getByRole('tab', { name: /Waiting/ }))
  expect(screen.queryByText('usr_1')).toBeNull()
  expect(screen.getByText('usr_3')).toBeDefined()
  await userEvent.click(screen.getByRole('button', { name: 'Cancel the rest' }))
  expect(await screen.findByRole('button', { name: 'Cancelling' })).toBeDefined()
  expect(cancelled).toEqual(['op1'])
})

test('what failed can be tried again once the operation has ended', async () => {
  const changes: Change[] = []
  showPage(
    <OperationsPage operationId="op1" onOpenOperation={nothing} onRequestChange={(change) => changes.push(change)} />,
    {
      fleet,
      operations: {
        watchOne: async function* () {
          yield { operation: { ...OPERATION, status: 'failed', finishedAt: Date.now() }, items: ITEMS }
        },
      },
    },
  )
  await userEvent.click(await screen.findByRole('button', { name: 'Retry 1 failed' }))
  expect(changes).toEqual([{ kind: 'stop', machines: [{ app: 'ws-2', id: 'b2' }] }])
})
