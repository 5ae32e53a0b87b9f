import { chooseFolder, FLY_TOML, makeProject } from '../project.ts'
import { signInWithToken } from '../sign-in.ts'
import type { Stage } from './stage.ts'

export const deploysStage: Stage = async ({ simulator, launch, folder, show }) => {
  // Slow enough for a look at the deploy while it runs.
  const hangar = await launch({ simulator, env: { SIMULATOR_PACE: '1.5' } })
  const { page } = hangar
  await signInWithToken(hangar, simulator.token)
  const files = { 'fly.toml': FLY_TOML, Dockerfile: 'FROM node:24-alpine\nUSER node\n' }
  const project = await makeProject(folder, files)
  await chooseFolder(hangar, project)
  const deploy = page.getByRole('button', { name: /^Deploy acme-web/ })
  await deploy.waitFor()
  await show(hangar, 'deploy-plan')
  await deploy.click()
  await page
    .getByRole('log', { name: 'Output of flyctl' })
    .getByText(/acme-web/)
    .first()
    .waitFor()
  await show(hangar, 'deploy-running')
  await page.getByText('Deployed and verified').waitFor({ timeout: 120_000 })
  await show(hangar, 'deploy-done')

  await makeProject(folder, { ...files, Dockerfile: 'FROM node:24-alpine\n# simulate: build-fails\n' })
  await page.getByRole('button', { name: 'Deploy again' }).click()
  await deploy.click()
  await page.getByRole('button', { name: 'Deploy again' }).waitFor({ timeout: 60_000 })
  await show(hangar, 'deploy-failed')
  await page.getByRole('button', { name: 'Back to all deploys' }).click()
  await deploy.waitFor()
  await page.getByRole('row').nth(1).waitFor()
  await show(hangar, 'deploys')
}
