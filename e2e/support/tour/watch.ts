import type { Page } from '@playwright/test'
import { filterMachines, firstMachine, goTo, rowOf } from '../screen.ts'
import { signInWithToken } from '../sign-in.ts'
import type { Stage } from './stage.ts'

const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })

export const watchStage: Stage = async ({ simulator, launch, show }) => {
  const hangar = await launch({ simulator })
  const { page } = hangar
  await signInWithToken(hangar, simulator.token)
  await goTo(page, 'Activity')
  await page.getByText('Nothing done yet').waitFor()
  await show(hangar, 'activity-empty')
  await filterMachines(page, 'state:started app:acme-web')
  const id = await firstMachine(page)
  await filterMachines(page, id)
  await rowOf(page, id).click()
  await page.keyboard.press('s')
  await rowOf(page, id).getByText('Stopped').waitFor()
  await page.getByRole('button', { name: 'Dismiss' }).first().click()
  await inspector(page).getByRole('button', { name: 'Close' }).click()
  await goTo(page, 'Activity')
  const entry = page.getByRole('grid', { name: 'Activity' }).getByRole('row').nth(1)
  await entry.waitFor()
  await show(hangar, 'activity')
  await entry.click()
  await page.getByRole('row').filter({ hasText: id }).first().waitFor()
  await show(hangar, 'activity-detail')

  await goTo(page, 'Logs')
  await page.getByRole('combobox', { name: 'App' }).click()
  await page.getByRole('option', { name: 'acme-web' }).click()
  await page.getByRole('region', { name: /^Log lines of/ }).waitFor()
  await show(hangar, 'logs')
  await goTo(page, 'Cost')
  await page.getByRole('region', { name: 'By app' }).waitFor()
  await show(hangar, 'cost')
  await page.getByRole('tab', { name: 'Planner' }).click()
  await show(hangar, 'planner')
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Copy the path of the log file' }).waitFor()
  await show(hangar, 'settings')
  await goTo(page, 'Machines')
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
  await show(hangar, 'shortcuts')
}

/** Nothing there, nothing yet, nothing to be had, and nothing new. */
export const statesStage: Stage = async ({ simulator, launch, show }) => {
  const hangar = await launch({ simulator })
  const { page } = hangar
  await signInWithToken(hangar, simulator.token)
  await filterMachines(page, 'state:started app:nothing-is-called-this')
  await page
    .getByRole('button', { name: /^Clear/ })
    .first()
    .waitFor()
  await show(hangar, 'empty')

  await filterMachines(page, 'app:acme-web')
  const id = await firstMachine(page)
  const path = `/v1/apps/acme-web/machines/${id}`
  const close = inspector(page).getByRole('button', { name: 'Close' })
  await simulator.make('fail', { path, times: 99, status: 422, body: { error: 'invalid machine' } })
  await rowOf(page, id).click()
  await inspector(page).getByText('invalid machine').first().waitFor()
  await show(hangar, 'failed')
  await close.click()
  await simulator.make('clear-faults')
  await simulator.make('fail', { path, times: 99, delayMs: 60_000 })
  await rowOf(page, id).click()
  await page.getByRole('status', { name: 'Loading the machine' }).waitFor()
  await show(hangar, 'loading')
  await simulator.make('clear-faults')
  await close.click()

  await simulator.make('offline')
  await page.getByText(/No connection to Fly.io/).waitFor()
  await show(hangar, 'offline')
}
