import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { filterMachines, firstMachine, rowOf, waitForPrompt } from './support/screen.ts'

/** Opens the inspector of some running machine of `app`. */
async function openMachine(page: Page, app: string): Promise<string> {
  await filterMachines(page, `state:started app:${app}`)
  const id = await firstMachine(page)
  await rowOf(page, id).click()
  return id
}

test('logs are followed as they come, and the filter leaves what is looked for', async ({ page, simulator }) => {
  const machine = await openMachine(page, 'acme-web')
  await page.getByRole('complementary', { name: 'Inspector' }).getByRole('button', { name: 'Logs' }).click()
  const dock = page.getByRole('region', { name: 'Dock' })
  const log = dock.getByRole('region', { name: /^Log lines of/ })
  await expect(log).toBeVisible()
  const messages = ['a needle for the test', 'a bale of hay']
  await simulator.make('push-logs', { app: 'acme-web', machine, messages })
  await expect(log).toContainText('a needle for the test')
  await dock.getByLabel('Filter lines').fill('needle')
  await expect(log).toContainText('a needle for the test')
  await expect(log).not.toContainText('a bale of hay')
})

test('a terminal opens in a workspace, runs what is typed, and says when it has ended', async ({ page }) => {
  await openMachine(page, 'acme-workspaces')
  await page.getByRole('complementary', { name: 'Inspector' }).getByRole('button', { name: 'Terminal' }).click()
  const terminal = page.getByRole('region', { name: /^Terminal/ })
  await expect(terminal.getByRole('status')).toHaveCount(0)
  await terminal.locator('.xterm-helper-textarea').focus()
  await waitForPrompt(terminal)
  await page.keyboard.type('echo $((6 * 7))-from-the-shell\n')
  await expect(terminal).toContainText('42-from-the-shell')
  await page.keyboard.type('exit\n')
  await expect(terminal.getByRole('alert')).toBeVisible()
  await terminal.getByRole('button', { name: 'Reconnect' }).click()
  await expect(terminal.getByRole('status')).toHaveCount(0)
})
