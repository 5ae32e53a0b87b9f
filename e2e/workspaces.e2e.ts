import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { goTo, waitForPrompt } from './support/screen.ts'
import type { SimulatorProcess } from './support/simulator.ts'

const USER = 'usr_90210'

/** Ids of the volumes that are there to stay, as Fly lists them. */
async function volumes(simulator: SimulatorProcess): Promise<string[]> {
  const answer = await simulator.fly('GET', '/v1/apps/acme-workspaces/volumes')
  const list: { id: string; state: string }[] = await answer.json()
  return list
    .filter(({ state }) => state === 'created')
    .map(({ id }) => id)
    .sort()
}

/** Opens the form and fills in whose workspace it is. */
async function startForm(page: Page): Promise<Locator> {
  await goTo(page, 'Workspaces')
  await page.getByRole('button', { name: 'New workspace' }).click()
  const form = page.getByRole('dialog', { name: 'New workspace' })
  await form.getByRole('textbox', { name: 'User' }).fill(USER)
  return form
}

async function chooseRegion(form: Locator, code: string): Promise<void> {
  await form.getByRole('combobox', { name: 'Region' }).click()
  await form
    .page()
    .getByRole('option', { name: new RegExp(`^${code} `) })
    .click()
}

const workspace = (page: Page) =>
  page.getByRole('grid', { name: 'Workspaces' }).getByRole('row').filter({ hasText: USER })

async function showWorkspaces(page: Page): Promise<void> {
  await goTo(page, 'Workspaces')
  await page.getByRole('textbox', { name: 'Filter workspaces' }).fill(USER)
}

test('a workspace is created, opened, and destroyed with its volume once its name is typed', async ({
  page,
  simulator,
}) => {
  const before = await volumes(simulator)
  const form = await startForm(page)
  await form.getByRole('button', { name: /^Create workspace/ }).click()
  await expect(form).toBeHidden()
  await showWorkspaces(page)
  await expect(workspace(page)).toContainText('Started')
  await workspace(page).click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByRole('button', { name: 'Terminal' }).click()
  await waitForPrompt(page.getByRole('region', { name: /^Terminal/ }))

  await workspace(page).click({ button: 'right' })
  await page.getByRole('menuitem', { name: /Destroy/ }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('radio', { name: /^Destroy the volume as well/ }).check()
  await dialog.getByRole('textbox').fill(await dialog.locator('label code').innerText())
  await dialog.getByRole('button', { name: /^Destroy/ }).click()
  await expect(dialog).toBeHidden()
  await expect(workspace(page)).toHaveCount(0)
  await goTo(page, 'Activity')
  await expect(page.getByRole('row').filter({ hasText: /Create/ })).toContainText('Done')
  await expect(page.getByRole('row').filter({ hasText: /Destroy/ })).toContainText('Done')
  expect(await volumes(simulator)).toEqual(before)
})

test('a region that is full is said to be full, keeps the form as it was, and leaves nothing behind', async ({
  page,
  simulator,
}) => {
  const before = await volumes(simulator)
  const form = await startForm(page)
  await chooseRegion(form, 'gru')
  await form.getByRole('button', { name: /^Create workspace/ }).click()
  await expect(form.getByRole('alert')).toBeVisible()
  await expect(form.getByRole('textbox', { name: 'User' })).toHaveValue(USER)
  await expect(form.getByRole('combobox', { name: 'Region' })).toContainText('gru')
  expect(await volumes(simulator)).toEqual(before)
  await chooseRegion(form, 'iad')
  await form.getByRole('button', { name: /^Create workspace/ }).click()
  await expect(form).toBeHidden()
  await showWorkspaces(page)
  await expect(workspace(page)).toHaveCount(1)
})
