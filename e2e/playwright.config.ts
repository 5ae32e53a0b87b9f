import { defineConfig } from '@playwright/test'
import { chooseRuntime } from '../scripts/electron-runtime.mjs'

// Decided once: the workers find it in the environment.
const runtime = await chooseRuntime()
Object.assign(process.env, runtime.env)

export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  outputDir: '../test-results/e2e',
  // Every test starts an app, a browser and a simulator; two at a time is what two cores carry.
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  metadata: { runtime: runtime.label },
})
