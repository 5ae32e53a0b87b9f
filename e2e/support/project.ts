import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Hangar } from './hangar.ts'
import { goTo } from './screen.ts'

export const FLY_TOML = `app = "acme-web"
primary_region = "iad"

[http_service]
internal_port = 8080
force_https = true
`

/** A folder to deploy, named as a project is. */
export async function makeProject(folder: string, files: Readonly<Record<string, string>>): Promise<string> {
  const project = join(folder, 'shop')
  await mkdir(project, { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(join(project, name), text)
  return project
}

/** Opens the Deploys page and answers the system's folder dialog. */
export async function chooseFolder({ app, page }: Hangar, folder: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, folder)
  await goTo(page, 'Deploys')
  await page
    .getByRole('button', { name: /^Choose a(nother)? folder/ })
    .first()
    .click()
}
