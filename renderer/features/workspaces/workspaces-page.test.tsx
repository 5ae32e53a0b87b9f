import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { appRow, machineRow, staysOpen, volumeRow, watchFleetOf } from '#renderer/test/rows.ts'
import { nothing, showPage } from '#renderer/test/show-page.tsx'
import type { contract } from '#shared/contract.ts'
import type { Account, Session } from '#shared/contracts/accounts.ts'
import type { Change, Operation, WorkspaceSpec } from '#shared/contracts/operations.ts'
import type { Handlers } from '#shared/ipc/contract.ts'
import { WorkspacesPage } from './workspaces-page.tsx'

const ACCOUNT: Account = {
  id: 'a',
  label: 'Acme',
  kind: 'org',
  ending: 'abcd',
  organizations: [{ slug: 'acme', name: 'Acme', personal: false }],
  cannot: [],
  demo: false,
  kept: 'session',
  protection: 'none',
}
const SESSION: Session = {
  accounts: [ACCOUNT],
  currentId: 'a',
  keychain: 'available',
  problem: 'none',
  flyctl: { status: 'absent' },
}
const OPERATION: Operation = {
  id: 'op1',
  kind: 'create-workspace',
  title: 'Create workspace for usr_9001',
  status: 'done',
  by: 'acme',
  startedAt: 0,
  counts: { total: 1, done: 1, failed: 0, skipped: 0 },
  subject: 'usr_9001',
}
const watch = watchFleetOf({ machines: [machineRow()], volumes: [volumeRow()], apps: [appRow()] })

function show(creating: boolean, operations: Partial<Handlers<typeof contract>['operations']> = {}) {
  const changes: Change[] = []
  const waits: boolean[] = []
  const opened: unknown[] = []
  const created: WorkspaceSpec[] = []
  const closed: boolean[] = []
  showPage(
    <WorkspacesPage
      creating={creating}
      onCreatingChange={(next) => closed.push(next)}
      openMachine={undefined}
      onOpenMachine={(machine) => opened.push(machine)}
      onRequestChange={(change, options) => {
        changes.push(change)
        waits.push(options?.waits ?? false)
      }}
      onOpenTerminal={(target) => opened.push(target)}
      onOpenLogs={nothing}
    />,
    {
      fleet: { watch, regions: async () => [{ code: 'iad', name: 'Ashburn', markup: 1, capacity: 4 }] },
      accounts: { watch: (_input, { signal }) => staysOpen([SESSION], signal) },
      operations: {
        plan: async () => ({ title: 'Create', items: [], consequences: [], monthDelta: '1' }),
        run: async ({ change }) => {
          if (change.kind === 'create-workspace') created.push(change.workspace)
          return OPERATION
        },
        watchOne: async function* () {
          yield {
            operation: OPERATION,
            items: [{ index: 0, app: 'acme-workspaces', machineId: 'new1', label: 'Machine', status: 'done' }],
          }
        },
        ...operations,
      },
    },
  )
  return { changes, waits, opened, created, closed }
}

test('a workspace is one line per user, with its volume and what both cost, and can be stopped there', async () => {
  const { changes } = show(false)
  const row = await screen.findByRole('row', { name: /usr_8812/ })
  expect(row.textContent).toContain('62% of 5 GB')
  expect(row.textContent).toContain('$4.44')
  await userEvent.click(within(row).getByRole('button', { name: 'Stop usr_8812' }))
  expect(changes).toEqual([{ kind: 'stop', machines: [{ app: 'acme-workspaces', id: '148e21ea7de918' }] }])
})

test('S stops the machine after a wait in which it can be taken back, as on its machine', async () => {
  const { changes, waits } = show(false)
  await userEvent.click(await screen.findByText('usr_8812'))
  await userEvent.keyboard('s')
  expect(changes).toMatchObject([{ kind: 'stop' }])
  expect(waits).toEqual([true])
})

test('the button at the end of a line opens its menu; destroying takes the volume along by default', async () => {
  const { changes } = show(false)
  await userEvent.click(await screen.findByRole('button', { name: 'More for usr_8812' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: /Destroy/ }))
  expect(changes).toMatchObject([{ kind: 'destroy', withVolumes: true }])
})

test('the form says what is wrong at its field and creates nothing', async () => {
  const { created } = show(true)
  await userEvent.clear(await screen.findByRole('textbox', { name: 'Volume' }))
  await userEvent.click(screen.getByRole('button', { name: /Create workspace/ }))
  expect(await screen.findByText('A whole number of GB, 1 to 500.')).toBeDefined()
  expect(screen.getByText(/beginning with a letter or digit/)).toBeDefined()
  expect(created).toEqual([])
})

test('a filled form creates the workspace, prices it on the way, and opens its machine', async () => {
  const { created, opened, closed } = show(true)
  await userEvent.type(await screen.findByRole('textbox', { name: 'User' }), 'usr_9001')
  expect(screen.getByText('$0.93 / mo')).toBeDefined()
  await userEvent.clear(screen.getByRole('textbox', { name: 'Volume' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Volume' }), '10{Control>}{Enter}{/Control}')
  await waitFor(() => expect(closed).toEqual([false]))
  expect(created).toEqual([
    {
      userId: 'usr_9001',
      org: 'acme',
      app: 'acme-workspaces',
      createApp: false,
      image: 'registry.fly.io/acme-workspaces:deployment-01K6PSH90XY4M9T7JN7QTSXDEH',
      region: 'iad',
      guest: { cpuKind: 'shared', cpus: 1, memoryMb: 512 },
      volumeGb: 10,
      mountPath: '/workspace',
      env: {},
      internalPort: 8080,
    },
  ])
  expect(opened).toEqual([{ app: 'acme-workspaces', id: 'new1' }])
})

test('a creation that fails says why and keeps what was filled in', async () => {
  const { closed } = show(true, {
    watchOne: async function* () {
      yield {
        operation: { ...OPERATION, status: 'failed' },
        items: [
          {
            index: 0,
            app: 'acme-workspaces',
            label: 'Machine',
            status: 'failed',
            error: { code: 'no-capacity', message: 'There is no room in iad. Choose another region.' },
          },
        ],
      }
    },
  })
  await userEvent.type(await screen.findByRole('textbox', { name: 'User' }), 'usr_9001')
  await userEvent.click(screen.getByRole('button', { name: /Create workspace/ }))
  expect((await screen.findByRole('alert')).textContent).toContain('There is no room in iad.')
  expect(screen.getByRole('textbox', { name: 'User' })).toHaveProperty('value', 'usr_9001')
  expect(closed).toEqual([])
})

test('a protected account asks for what must be typed before anything runs', async () => {
  const { created } = show(true, {
    plan: async () => ({ title: 'Create', items: [], consequences: [], monthDelta: '1', typeToConfirm: 'usr_9001' }),
  })
  await userEvent.type(await screen.findByRole('textbox', { name: 'User' }), 'usr_9001')
  await userEvent.click(screen.getByRole('button', { name: /Create workspace/ }))
  const confirmation = await screen.findByRole('textbox', { name: /Type usr_9001 to go on/ })
  expect(created).toEqual([])
  await userEvent.type(confirmation, 'usr_9001')
  await userEvent.click(screen.getByRole('button', { name: /Create workspace/ }))
  await waitFor(() => expect(created).toHaveLength(1))
})
