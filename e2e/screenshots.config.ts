import { defineConfig } from '@playwright/test'
import end2end from './playwright.config.ts'

export default defineConfig(end2end, {
  testDir: './screenshots',
  testMatch: '*.ts',
  outputDir: '../test-results/screenshots',
  timeout: 300_000,
})
