import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderWithIpc } from '#renderer/test/render.tsx'
import { machineRow, staysOpen, wholeFleet } from '#renderer/test/rows.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { FleetProvider, useFleet, useMachine } from './fleet-context.tsx'

function Machines() {
  const { machines, ready, status } = useFleet()
  const first = useMachine(machines[0]?.id)
  return (
    <p role="status">{ready ? machines.map(({ id }) => `${id} ${first?.state}`).join() : status.problem?.message}</p>
  )
}

const show = (watch: Parameters<typeof renderWithIpc>[1]['fleet']) =>
  renderWithIpc(
    <FleetProvider>
      <Machines />
    </FleetProvider>,
    { fleet: watch ?? {} },
  )

test('the fleet is asked for again when its stream ends, as on a change of account', async () => {
  const pictures = ['old1', 'new1']
  show({
    watch: async function* (_input, { signal }) {
      const id = pictures.shift() ?? 'more'
      yield wholeFleet({ machines: [machineRow({ id })] })
      if (id === 'new1') yield* staysOpen([], signal)
    },
  })
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('new1 started'))
})

test('a stream that fails is asked for again', async () => {
  let asked = 0
  show({
    watch: async function* (_input, { signal }) {
      asked += 1
      if (asked === 1) throw new AppError('unavailable', 'Cannot reach Fly.io.')
      yield* staysOpen([wholeFleet({ machines: [machineRow({ id: 'a1' })] })], signal)
    },
  })
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Cannot reach Fly.io.'))
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('a1 started'), { timeout: 3000 })
})
