import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { machineRow, NOON, staysOpen, watchFleetOf } from '#renderer/test/rows.ts'
import { nothing, showPage } from '#renderer/test/show-page.tsx'
import type { contract } from '#shared/contract.ts'
import type { MachineDetail } from '#shared/contracts/fleet.ts'
import type { Change } from '#shared/contracts/operations.ts'
import type { Handlers } from '#shared/ipc/contract.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { MachineInspector } from './machine-inspector.tsx'

const ROW = machineRow()
const DETAIL: MachineDetail = {
  row: ROW,
  events: [
    { id: 'e1', type: 'start', status: 'started', source: 'proxy', at: NOON, text: 'Woken by a request', tone: 'ok' },
  ],
  checks: [{ name: 'http', status: 'critical', output: 'connection refused' }],
  mounts: [
    { volumeId: 'vol_4xk9', path: '/workspace', sizeGb: 5, bytesUsed: 3_221_225_472, bytesTotal: 5_368_709_120 },
  ],
  metadata: { user_id: 'usr_8812' },
  autoDestroy: false,
  cost: {
    hourWhenStarted: '0.005132',
    monthStopped: '0.18',
    volumesMonth: '0.75',
    monthToDate: '1.47',
    hoursThisMonth: 142,
  },
}

type Watch = Handlers<typeof contract>['fleet']['watchMachine']

function show(watchMachine: Watch) {
  const changes: Change[] = []
  const closed: true[] = []
  const view = showPage(
    <MachineInspector
      app={ROW.app}
      id={ROW.id}
      onClose={() => closed.push(true)}
      onRequestChange={(change) => changes.push(change)}
      onOpenLogs={nothing}
      onOpenTerminal={nothing}
    />,
    { fleet: { watch: watchFleetOf({ machines: [ROW] }), watchMachine } },
  )
  return { ...view, changes, closed }
}

test('a machine is shown with its events, failing checks, mounts and cost, and can be stopped', async () => {
  const { changes } = show((_input, { signal }) => staysOpen([DETAIL], signal))
  expect(await screen.findByText('Woken by a request')).toBeDefined()
  expect(screen.getByText('connection refused')).toBeDefined()
  expect(screen.getByText('60% of 5 GB')).toBeDefined()
  expect(screen.getByText('$0.0051 / h')).toBeDefined()
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }))
  expect(changes).toEqual([{ kind: 'stop', machines: [{ app: ROW.app, id: ROW.id }] }])
})

test('a machine that was destroyed elsewhere says so', async () => {
  const { closed } = show(() => {
    throw new AppError('not-found', 'Fly.io does not know this machine.')
  })
  expect(await screen.findByText('This machine is gone')).toBeDefined()
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(closed).toEqual([true])
})

test('a failure is explained beside what the list knows', async () => {
  show(() => {
    throw new AppError('forbidden', 'This token may not read machines.')
  })
  expect((await screen.findByRole('alert')).textContent).toContain('This token may not read machines.')
  expect(screen.getByRole('heading', { name: 'usr_8812' })).toBeDefined()
})
