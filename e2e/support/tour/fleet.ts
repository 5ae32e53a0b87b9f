import type { Page } from '@playwright/test'
import { filterMachines, firstMachine, goTo, rowOf, waitForPrompt } from '../screen.ts'
import { signInWithToken } from '../sign-in.ts'
import type { Stage } from './stage.ts'

const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })

async function inspect(page: Page, query: string): Promise<string> {
  await filterMachines(page, query)
  const id = await firstMachine(page)
  await rowOf(page, id).click()
  await inspector(page).getByRole('heading', { name: 'Events' }).waitFor()
  return id
}

export const fleetStage: Stage = async ({ simulator, launch, show }) => {
  const hangar = await launch({ simulator })
  const { page } = hangar
  await signInWithToken(hangar, simulator.token)
  await show(hangar, 'machines')

  await inspect(page, 'state:started app:acme-workspaces')
  await show(hangar, 'inspector')
  await inspector(page).getByRole('button', { name: 'Logs' }).click()
  await page.getByRole('region', { name: /^Log lines of/ }).waitFor()
  await show(hangar, 'dock-logs')
  await inspector(page).getByRole('button', { name: 'Terminal' }).click()
  await waitForPrompt(page.getByRole('region', { name: /^Terminal/ }))
  await show(hangar, 'dock-terminal')
  await goTo(page, 'Terminals')
  await waitForPrompt(page.locator('#main'))
  await show(hangar, 'terminals')

  await page.getByRole('button', { name: 'Search or run a command' }).click()
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('acme')
  await show(hangar, 'palette')
}

export const listsStage: Stage = async ({ simulator, launch, show }) => {
  const hangar = await launch({ simulator })
  const { page } = hangar
  await signInWithToken(hangar, simulator.token)
  for (const name of ['Apps', 'Volumes', 'Workspaces']) {
    await goTo(page, name)
    await page.getByRole('grid', { name }).getByRole('row').nth(1).waitFor()
    await show(hangar, name.toLowerCase())
  }
  await page.getByRole('button', { name: 'New workspace' }).click()
  const form = page.getByRole('dialog', { name: 'New workspace' })
  await form.getByRole('textbox', { name: 'User' }).fill('usr_9001')
  await show(hangar, 'new-workspace')
  await page.keyboard.press('Escape')
  await form.waitFor({ state: 'hidden' })

  await page.getByRole('grid', { name: 'Workspaces' }).getByRole('row').nth(1).click({ button: 'right' })
  await page.getByRole('menuitem', { name: /Destroy/ }).click()
  await page.getByRole('alertdialog').getByRole('textbox').waitFor()
  await show(hangar, 'destroy')
}
