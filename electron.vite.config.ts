import { cp, writeFile } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { build } from 'vite'

const FLYCTL = 'dist/main/flyctl'

/**
 * The simulator's flyctl, whole in a folder of its own: a Node outside the app's archive runs it, where neither the app's
 * packages nor its chunks are. A shell script launches it.
 */
const bundleFlyctl = {
  name: 'bundle-flyctl',
  async closeBundle() {
    await build({
      configFile: false,
      logLevel: 'warn',
      ssr: { noExternal: true },
      // ssh2 asks where it lies; compiled helpers, which it looks for and does without, stay behind.
      define: { __dirname: 'import.meta.dirname' },
      build: {
        ssr: 'simulator/flyctl/main.ts',
        outDir: FLYCTL,
        emptyOutDir: true,
        target: 'node24',
        rolldownOptions: {
          external: [...builtinModules, /^node:/, /\.node$/, 'cpu-features'],
          output: { chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    })
    await cp('simulator/flyctl/flyctl', join(FLYCTL, 'flyctl'))
    await writeFile(join(FLYCTL, 'package.json'), '{"type":"module"}\n')
  },
}

export default defineConfig({
  main: {
    plugins: [bundleFlyctl],
    build: {
      outDir: 'dist/main',
      rollupOptions: {
        input: {
          main: 'electron/main.ts',
          'terminal-host': 'electron/terminal-host.ts',
          simulator: 'simulator/main.ts',
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
