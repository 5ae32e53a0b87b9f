import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import type { Hangar } from './support/hangar.ts'
import { goTo } from './support/screen.ts'

const FLY_TOML = `app = "acme-web"
primary_region = "iad"

[http_service]
internal_port = 8080
force_https = true
`

async function makeProject(folder: string, files: Readonly<Record<string, string>>): Promise<string> {
  const project = join(folder, 'shop')
  await mkdir(project)
  for (const [name, text] of Object.entries(files)) await writeFile(join(project, name), text)
  return project
}

/** Opens the Deploys page and answers the system's folder dialog. */
async function choose({ app, page }: Hangar, folder: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, folder)
  await goTo(page, 'Deploys')
  await page
    .getByRole('button', { name: /^Choose a(nother)? folder/ })
    .first()
    .click()
}

test('a folder is looked at, deployed step by step, verified, and kept in the history', async ({
  signedIn,
  folder,
}) => {
  const { page } = signedIn
  await choose(signedIn, await makeProject(folder, { 'fly.toml': FLY_TOML, Dockerfile: 'FROM scratch\nUSER app\n' }))
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

test('a deploy that is cancelled ends flyctl and says what is left', async ({ signedIn, folder }) => {
  const { page } = signedIn
  await choose(signedIn, await makeProject(folder, { 'fly.toml': FLY_TOML, Dockerfile: 'FROM scratch\n' }))
  await page.getByRole('button', { name: /^Deploy acme-web/ }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('You cancelled this deploy.')).toBeVisible()
})

test('a folder without fly.toml is refused before anything runs, with what to do', async ({ signedIn, folder }) => {
  const { page } = signedIn
  await choose(signedIn, await makeProject(folder, { 'index.js': '' }))
  const plan = page.getByRole('region', { name: 'What will happen' })
  await expect(plan.getByRole('alert').first()).toContainText('fly.toml')
  await expect(plan.getByRole('button', { name: /^Deploy/ })).toHaveCount(0)
})
