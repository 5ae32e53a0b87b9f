import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { volumeRow, watchFleetOf } from '#renderer/test/rows.ts'
import { showPage } from '#renderer/test/show-page.tsx'
import { VolumesPage } from './volumes-page.tsx'

const orphan = volumeRow({ id: 'vol_lost', attachedMachineId: undefined, orphan: true, monthEstimate: '1.50' })

test('volumes that belong to no machine are flagged with what they cost', async () => {
  showPage(<VolumesPage onOpenMachine={() => {}} />, {
    fleet: { watch: watchFleetOf({ volumes: [volumeRow(), orphan] }) },
  })
  expect(await screen.findByText('1 volume belongs to no machine and costs $1.50 a month (estimate).')).toBeDefined()
  await userEvent.click(screen.getByRole('tab', { name: /Without a machine/ }))
  expect(screen.getAllByRole('row')).toHaveLength(2)
  expect(screen.getByRole('row', { name: /vol_lost/ }).textContent).toContain('No machine')
})

test('the machine of a volume is a link to it', async () => {
  const opened: unknown[] = []
  showPage(<VolumesPage onOpenMachine={(machine) => opened.push(machine)} />, {
    fleet: { watch: watchFleetOf({ volumes: [volumeRow()] }) },
  })
  await userEvent.click(await screen.findByRole('button', { name: '148e21ea7de918' }))
  expect(opened).toEqual([{ app: 'acme-workspaces', id: '148e21ea7de918' }])
})
