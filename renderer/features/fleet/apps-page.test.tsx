import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { appRow, watchFleetOf } from '#renderer/test/rows.ts'
import { nothing, showPage } from '#renderer/test/show-page.tsx'
import { AppsPage } from './apps-page.tsx'

test('an app says how many of its machines run, and leads to them', async () => {
  const shown: string[] = []
  showPage(<AppsPage onShowMachines={(app) => shown.push(app)} onOpenLogs={nothing} onDeploy={nothing} />, {
    fleet: { watch: watchFleetOf({ apps: [appRow(), appRow({ name: 'acme-web', layout: 'service' })] }) },
  })
  const row = await screen.findByRole('row', { name: /acme-workspaces/ })
  expect(row.textContent).toContain('1 of 2 running')
  await userEvent.click(screen.getByText('acme-web'))
  expect(shown).toEqual(['acme-web'])
})

test('without apps the way to the first one is shown', async () => {
  const deployed: unknown[] = []
  showPage(<AppsPage onShowMachines={nothing} onOpenLogs={nothing} onDeploy={(app) => deployed.push(app)} />, {
    fleet: { watch: watchFleetOf({}) },
  })
  await screen.findByText('No apps yet')
  await userEvent.click(screen.getAllByRole('button', { name: 'Deploy a folder' })[1] ?? document.body)
  expect(deployed).toEqual([undefined])
})
