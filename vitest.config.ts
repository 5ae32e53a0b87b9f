import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['{shared,electron,simulator,bench,scripts}/**/*.test.ts'],
          environment: 'node',
          // Conditions are waited for as long as a busy computer needs.
          expect: { poll: { timeout: 10_000 } },
        },
      },
      {
        test: {
          name: 'ui',
          include: ['renderer/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          setupFiles: ['renderer/test/setup.ts'],
          // Typing into a form takes seconds where many tests share few cores.
          testTimeout: 20_000,
        },
      },
    ],
  },
})
