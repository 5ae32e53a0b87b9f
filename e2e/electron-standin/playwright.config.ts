import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

process.env['ELECTRON_OVERRIDE_DIST_PATH'] = join(import.meta.dirname, 'bin')

// One worker: two of the specs count processes and clipboards that they would share.
export default defineConfig({
  testDir: 'tests',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results/standin',
  workers: 1,
  timeout: 30_000,
  reporter: 'list',
})
