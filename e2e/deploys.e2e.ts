import { expect, test } from './fixtures.ts'
import { chooseFolder, FLY_TOML, makeProject } from './support/project.ts'

test('a folder is looked at, deployed step by step, verified, and kept in the history', async ({
  signedIn,
  folder,
}) => {
  const { page } = signedIn
  await chooseFolder(
    signedIn,
    await makeProject(folder, { 'fly.toml': FLY_TOML, Dockerfile: 'FROM scratch\nUSER app\n' }),
  )
  const plan = page.getByRole('region', { name: 'What will happen' })
  await expect(plan).toContainText('acme-web')
  await expect(plan).toContainText('Dockerfile')
  await plan.getByRole('button', { name: /^Deploy acme-web/ }).click()
  await expect(page.getByRole('list', { name: 'Steps' }).or(page.getByRole('list', { name: 'Evidence' }))).toBeVisible()
  await expect(page.getByText('Deployed and verified')).toBeVisible({ timeout: 45_000 })
  await expect(page.getByRole('list', { name: 'Evidence' })).toContainText('acme-web')
  await page.getByRole('button', { name: 'Back to all deploys' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'acme-web' })).toContainText(/Deployed/)
})

test.describe('while flyctl takes its time', () => {
  test.use({ pace: 5 })

  test('a deploy that is cancelled ends flyctl and says what is left', async ({ signedIn, folder }) => {
    const { page } = signedIn
    await chooseFolder(signedIn, await makeProject(folder, { 'fly.toml': FLY_TOML, Dockerfile: 'FROM scratch\n' }))
    await page.getByRole('button', { name: /^Deploy acme-web/ }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByText('You cancelled this deploy.')).toBeVisible()
  })
})

test('a folder without fly.toml is refused before anything runs, with what to do', async ({ signedIn, folder }) => {
  const { page } = signedIn
  await chooseFolder(signedIn, await makeProject(folder, { 'index.js': '' }))
  const plan = page.getByRole('region', { name: 'What will happen' })
  await expect(plan.getByRole('alert').first()).toContainText('fly.toml')
  await expect(plan.getByRole('button', { name: /^Deploy/ })).toHaveCount(0)
})
