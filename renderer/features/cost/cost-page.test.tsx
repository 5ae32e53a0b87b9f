import { fireEvent, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { staysOpen } from '#renderer/test/rows.ts'
import { nothing, showPage } from '#renderer/test/show-page.tsx'
import type { CostSummary } from '#shared/contracts/cost.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { CostPage } from './cost-page.tsx'

const amounts = (compute: string, total: string) => ({ compute, stopped: '1.00', volumes: '2.00', total })
const SUMMARY: CostSummary = {
  month: '2026-11',
  at: Date.UTC(2026, 10, 16),
  pricesFrom: '2026-10-09',
  organizations: [
    { org: 'acme', name: 'Acme', monthToDate: amounts('7.00', '10.00'), monthForecast: amounts('17.00', '20.00') },
  ],
  apps: [
    {
      app: 'acme-web',
      org: 'acme',
      machines: 3,
      startedMachines: 2,
      volumes: 1,
      monthToDate: amounts('7.00', '10.00'),
      monthForecast: amounts('17.00', '20.00'),
    },
  ],
  monthToDate: amounts('7.00', '10.00'),
  monthForecast: amounts('17.00', '20.00'),
  days: [
    { day: '2026-11-01', total: '4.00' },
    { day: '2026-11-02', total: '10.00' },
  ],
  orphanVolumes: { count: 2, month: '1.50' },
  leftOut: ['Egress.'],
}
const fleet = { watch: async function* () {} }
const shown = () => ({
  fleet,
  cost: { watch: (_input: unknown, { signal }: { signal: AbortSignal }) => staysOpen([SUMMARY], signal) },
})

test('the month so far, its forecast, orphans and what is left out are said, and an app leads to its machines', async () => {
  const opened: string[] = []
  showPage(<CostPage onShowApp={(app) => opened.push(app)} />, shown())
  expect(await screen.findByText('Month to date, day 16 of 30')).toBeDefined()
  expect(screen.getByText('2 volumes without a machine')).toBeDefined()
  expect(screen.getByText('Egress.')).toBeDefined()
  expect(screen.getByText('Estimates from states seen and the price list of 9 Oct 2026')).toBeDefined()
  await userEvent.click(screen.getByText('acme-web'))
  expect(opened).toEqual(['acme-web'])
})

test('an estimate that cannot be made says why', async () => {
  showPage(<CostPage onShowApp={nothing} />, {
    fleet,
    cost: {
      watch: () => {
        throw new AppError('forbidden', 'This token may not list machines.')
      },
    },
  })
  expect((await screen.findByRole('alert')).textContent).toContain('This token may not list machines.')
})

test('the planner shows its sums and follows its sliders', async () => {
  showPage(<CostPage onShowApp={nothing} />, shown())
  await userEvent.click(screen.getByRole('tab', { name: 'Planner' }))
  expect(screen.getByText('100 users × 5 GB × $0.15, started or not')).toBeDefined()
  expect(screen.getAllByText('$114.48').length).toBeGreaterThan(0)
  const users = screen.getByRole('slider', { name: 'Users' })
  fireEvent.change(users, { target: { value: '0' } })
  expect(screen.getByText('1 user × 5 GB × $0.15, started or not')).toBeDefined()
})
