import { expect, test } from './fixtures.ts'
import { filterMachines, firstMachine, goTo, rowOf } from './support/screen.ts'

test('in the demo a machine is stopped and started again, and both are in the activity list', async ({ demo }) => {
  const { page } = demo
  await expect(page.getByText('This is a demo.')).toBeVisible()
  await filterMachines(page, 'state:started app:acme-web')
  const id = await firstMachine(page)
  await filterMachines(page, id)
  await rowOf(page, id).click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByRole('button', { name: 'Stop' }).click()
  await expect(rowOf(page, id)).toContainText('Stopped')
  await inspector.getByRole('button', { name: 'Start' }).click()
  await expect(rowOf(page, id)).toContainText('Started')

  await goTo(page, 'Activity')
  await expect(
    page
      .getByRole('row')
      .filter({ hasText: /^.*Stop/ })
      .first(),
  ).toBeVisible()
  await expect(
    page
      .getByRole('row')
      .filter({ hasText: /^.*Start/ })
      .first(),
  ).toBeVisible()
})

test('destroying asks for the name, says what follows, and removes the machine', async ({ page }) => {
  await filterMachines(page, 'state:stopped app:acme-workspaces')
  const id = await firstMachine(page)
  await filterMachines(page, id)
  await rowOf(page, id).click({ button: 'right' })
  await page.getByRole('menuitem', { name: /Destroy/ }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('$')
  const confirm = dialog.getByRole('button', { name: /^Destroy/ })
  await expect(confirm).toBeDisabled()
  await dialog.getByRole('textbox').fill(await dialog.locator('label code').innerText())
  await confirm.click()
  await expect(dialog).toBeHidden()
  await expect(rowOf(page, id)).toHaveCount(0)
})

test('a machine that somebody else destroys is said to be gone, and the list goes on', async ({ page, simulator }) => {
  await filterMachines(page, 'app:acme-web')
  const id = await firstMachine(page)
  await rowOf(page, id).click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.getByRole('heading', { name: 'Events' })).toBeVisible()
  await simulator.make('destroy', { machine: id })
  await expect(inspector).toContainText('This machine is gone')
  await expect(rowOf(page, id)).toHaveCount(0)
  await inspector.getByRole('button', { name: 'Close' }).click()
  await expect(inspector).toBeHidden()
})

test('without a network the last picture stays, says its age, and comes back to life by itself', async ({
  page,
  simulator,
}) => {
  await simulator.make('offline')
  await expect(page.getByText(/No connection to Fly.io/)).toBeVisible()
  await filterMachines(page, 'app:acme-web')
  await expect(page.getByRole('grid', { name: 'Machines' }).getByRole('row').nth(1)).toBeVisible()
  await simulator.make('online')
  await expect(page.getByText(/No connection to Fly.io/)).toBeHidden({ timeout: 45_000 })
})

test('what Fly refuses is told in a sentence, and the screen stays usable', async ({ page, simulator }) => {
  await filterMachines(page, 'state:started app:acme-web')
  const id = await firstMachine(page)
  await filterMachines(page, id)
  await rowOf(page, id).click()
  await simulator.make('fail', {
    method: 'POST',
    path: `/v1/apps/acme-web/machines/${id}/stop`,
    status: 422,
    times: 9,
    body: { error: 'not now, said Fly' },
  })
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByText(/not now, said Fly/).first()).toBeVisible()
  await simulator.make('clear-faults')
  await inspector.getByRole('button', { name: 'Stop' }).click()
  await expect(rowOf(page, id)).toContainText('Stopped')
})
