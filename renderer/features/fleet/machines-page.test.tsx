import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { appRow, machineRow, watchFleetOf } from '#renderer/test/rows.ts'
import { nothing, showPage } from '#renderer/test/show-page.tsx'
import type { Change } from '#shared/contracts/operations.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { MachinesPage } from './machines-page.tsx'

const MACHINES = [
  machineRow({ id: 'a1', app: 'ws-1', userId: 'usr_1' }),
  machineRow({ id: 'b2', app: 'ws-2', userId: 'usr_2', state: 'stopped' }),
  machineRow({ id: 'c3', app: 'ws-3', userId: 'usr_3', state: 'failed' }),
]

function show(watch = watchFleetOf({ machines: MACHINES })) {
  const changes: Change[] = []
  const opened: unknown[] = []
  const view = showPage(
    <MachinesPage
      openMachine={undefined}
      onOpenMachine={(machine) => opened.push(machine)}
      onRequestChange={(change) => changes.push(change)}
      onOpenLogs={(target) => opened.push(target)}
      onOpenTerminal={nothing}
      onCreateWorkspace={nothing}
    />,
    { fleet: { watch } },
  )
  return { ...view, changes, opened }
}

const row = (name: RegExp) => screen.findByRole('row', { name })

test('every machine has its line, and the views say how many they hold', async () => {
  show()
  expect(within(await row(/usr_2/)).getByText('Stopped')).toBeDefined()
  expect(screen.getByRole('tab', { name: /Needs attention/ }).textContent).toContain('1')
  await userEvent.click(screen.getByRole('tab', { name: /Needs attention/ }))
  expect(screen.queryByRole('row', { name: /usr_1/ })).toBeNull()
  expect(screen.getByRole('row', { name: /usr_3/ })).toBeDefined()
})

test('a machine that runs another image than the rest of its app is marked', async () => {
  const image = (tag: string) => ({ repository: 'registry.fly.io/acme', tag })
  const machines = [
    machineRow({ id: 'a1', app: 'acme', userId: 'usr_1', image: image('v2') }),
    machineRow({ id: 'b2', app: 'acme', userId: 'usr_2', image: image('v1') }),
  ]
  show(watchFleetOf({ machines, apps: [appRow({ name: 'acme', image: image('v2') })] }))
  expect(within(await row(/usr_2/)).getByText('drift')).toBeDefined()
  expect(within(await row(/usr_1/)).queryByText('drift')).toBeNull()
})

test('the filter narrows by key and can be cleared where nothing is left', async () => {
  show()
  await row(/usr_1/)
  await userEvent.type(screen.getByRole('textbox', { name: 'Filter machines' }), 'state:stopped ')
  expect(screen.queryByRole('row', { name: /usr_1/ })).toBeNull()
  expect(screen.getByText('1 of 3')).toBeDefined()
  await userEvent.keyboard('nobody')
  await userEvent.click(screen.getByRole('button', { name: 'Clear the filter' }))
  expect(await row(/usr_1/)).toBeDefined()
})

test('each verb of the selection says how many machines it acts on, and asks for exactly those', async () => {
  const { changes } = show()
  await row(/usr_1/)
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select all shown' }))
  const bar = screen.getByRole('toolbar', { name: 'Selected' })
  expect(within(bar).getByText('3 selected')).toBeDefined()
  await userEvent.click(within(bar).getByRole('button', { name: 'Start 2' }))
  expect(changes).toEqual([
    {
      kind: 'start',
      machines: [
        { app: 'ws-2', id: 'b2' },
        { app: 'ws-3', id: 'c3' },
      ],
    },
  ])
})

test('keys act on the current row: S turns it, L opens its logs, Ctrl+C copies its id, Ctrl+Backspace destroys it', async () => {
  const { changes, opened, copied } = show()
  await row(/usr_1/)
  screen.getByRole('grid', { name: 'Machines' }).focus()
  await userEvent.keyboard('{ArrowDown}sl{Control>}c{/Control}{Control>}{Backspace}{/Control}')
  expect(changes.map(({ kind }) => kind)).toEqual(['stop', 'destroy'])
  expect(opened).toEqual([{ app: 'ws-1', machineId: 'a1', title: 'usr_1' }])
  expect(copied).toEqual(['a1'])
})

test('a fleet that cannot be read says why', async () => {
  show(() => {
    throw new AppError('forbidden', 'This token may not list machines.')
  })
  expect((await screen.findByRole('alert')).textContent).toContain('This token may not list machines.')
})

test('an account without machines is told what to do', async () => {
  show(watchFleetOf({}))
  expect(await screen.findByText('No machines yet')).toBeDefined()
})
