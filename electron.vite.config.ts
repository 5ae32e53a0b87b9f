import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/** The launcher of the simulator's flyctl is a shell script: it goes beside the program it launches. */
const copyFlyctlLauncher = {
  name: 'copy-flyctl-launcher',
  async writeBundle() {
    await cp('simulator/flyctl/flyctl', 'dist/main/flyctl/flyctl')
  },
}

export default defineConfig({
  main: {
    plugins: [copyFlyctlLauncher],
    build: {
      outDir: 'dist/main',
      rollupOptions: {
        input: {
          main: 'electron/main.ts',
          'terminal-host': 'electron/terminal-host.ts',
          simulator: 'simulator/main.ts',
          'flyctl/main': 'simulator/flyctl/main.ts',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'dist/preload',
      rollupOptions: { input: 'electron/preload/preload.ts', output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: 'dist/renderer',
      minify: true,
      rollupOptions: {
        input: join(import.meta.dirname, 'renderer/index.html'),
        // What the first screen needs comes in one file: each more is one more question to the main process.
        output: { codeSplitting: { groups: [{ name: 'first-screen', tags: ['$initial'] }] } },
      },
    },
  },
})
