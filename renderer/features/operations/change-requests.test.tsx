import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { machineRow, watchFleetOf } from '#renderer/test/rows.ts'
import { showPage } from '#renderer/test/show-page.tsx'
import type { contract } from '#shared/contract.ts'
import type { Change, Operation, Plan } from '#shared/contracts/operations.ts'
import type { Handlers } from '#shared/ipc/contract.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { useChangeRequests } from './change-requests.tsx'

const MACHINE = { app: 'ws-1', id: 'a1' }
/** b2 has no volume. */
const FLEET = [machineRow(MACHINE), { ...machineRow({ app: 'ws-1', id: 'b2' }), volumeId: undefined }]
const STOP: Change = { kind: 'stop', machines: [MACHINE] }
const DESTROY: Change = { kind: 'destroy', machines: [MACHINE], withVolumes: false }

const plan = (change: Change): Plan => ({
  title: `${change.kind} usr_1`,
  items: [{ app: 'ws-1', machineId: 'a1', label: 'usr_1' }],
  consequences: [],
  monthDelta: change.kind === 'destroy' && change.withVolumes ? '-2.00' : '-1.00',
  ...(change.kind === 'destroy' && { typeToConfirm: 'usr_1' }),
})
const operation: Operation = {
  id: 'op1',
  kind: 'stop',
  title: 'Stop usr_1',
  status: 'running',
  by: 'acme',
  startedAt: 0,
  counts: { total: 1, done: 0, failed: 0, skipped: 0 },
  subject: 'usr_1',
}

function Page({ change, onOpen }: { change: Change; onOpen: (id: string) => void }) {
  const { requestChange, dialogs } = useChangeRequests({ onOpenOperation: onOpen })
  return (
    <>
      <button type="button" onClick={() => requestChange(change)}>
        Do it
      </button>
      {dialogs}
    </>
  )
}

async function ask(change: Change, handlers: Partial<Handlers<typeof contract>['operations']> = {}) {
  const ran: unknown[] = []
  const opened: string[] = []
  showPage(<Page change={change} onOpen={(id) => opened.push(id)} />, {
    fleet: { watch: watchFleetOf({ machines: FLEET }) },
    operations: {
      plan: async (asked) => plan(asked),
      run: async (input) => {
        ran.push(input)
        return operation
      },
      watchOne: async function* () {
        yield { operation: { ...operation, status: 'done' }, items: [] }
      },
      ...handlers,
    },
  })
  await userEvent.click(screen.getByRole('button', { name: 'Do it' }))
  return { ran, opened }
}

test('one machine is stopped at once, and the toast leads to the operation', async () => {
  const { ran, opened } = await ask(STOP)
  await screen.findByText('Stop usr_1: done')
  expect(ran).toEqual([{ change: STOP }])
  await userEvent.click(screen.getAllByRole('button', { name: 'Show' })[0] ?? document.body)
  expect(opened).toEqual(['op1'])
})

test('destroying asks, waits for the whole name, and says what the volumes are worth', async () => {
  const { ran } = await ask(DESTROY)
  await screen.findByRole('alertdialog', { name: 'destroy usr_1?' })
  const red = () => screen.getByRole('button', { name: /^Destroy machine/ })
  expect(red()).toHaveProperty('disabled', true)
  await userEvent.click(await screen.findByRole('radio', { name: /Destroy the volume as well.*Saves \$2\.00/ }))
  await userEvent.type(screen.getByRole('textbox', { name: /Type usr_1 to confirm/ }), 'usr_1')
  await waitFor(() => expect(red()).toHaveProperty('disabled', false))
  await userEvent.click(red())
  await screen.findByText('Stop usr_1: done')
  expect(ran).toEqual([{ change: { ...DESTROY, withVolumes: true }, confirmation: 'usr_1' }])
})

test('volumes are no question where there are none', async () => {
  await ask({ ...DESTROY, machines: [{ app: 'ws-1', id: 'b2' }] })
  await screen.findByRole('alertdialog', { name: 'destroy usr_1?' })
  expect(screen.queryByRole('radio')).toBeNull()
})

test('keeping it does nothing', async () => {
  const { ran } = await ask(DESTROY)
  await userEvent.click(await screen.findByRole('button', { name: 'Keep it' }))
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  expect(ran).toEqual([])
})

test('a change that cannot be planned is explained', async () => {
  await ask(STOP, {
    plan: async () => {
      throw new AppError('read-only', 'This account is read-only.')
    },
  })
  expect(await screen.findByText('This account is read-only.')).toBeDefined()
})

test('a change with nothing to do says why and runs nothing', async () => {
  const { ran } = await ask(STOP, {
    plan: async (asked) => ({
      ...plan(asked),
      items: [{ app: 'ws-1', machineId: 'a1', label: 'usr_1', skipped: 'already stopped' }],
    }),
  })
  expect(await screen.findByText('It is left alone: already stopped.')).toBeDefined()
  expect(ran).toEqual([])
})

test('an operation that fails stays on screen with its reason', async () => {
  await ask(STOP, {
    watchOne: async function* () {
      yield {
        operation: { ...operation, status: 'failed', counts: { total: 1, done: 0, failed: 1, skipped: 0 } },
        items: [
          {
            index: 0,
            app: 'ws-1',
            label: 'usr_1',
            status: 'failed',
            error: { code: 'conflict', message: 'Someone else holds the lease.' },
          },
        ],
      }
    },
  })
  expect((await screen.findAllByText('Stop usr_1: failed')).length).toBeGreaterThan(0)
  expect(screen.getAllByText('Someone else holds the lease.').length).toBeGreaterThan(0)
})
