import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

export default defineConfig({
  main: {
    build: {
      outDir: 'dist/main',
      rollupOptions: { input: { main: 'electron/main.ts', 'terminal-host': 'electron/terminal-host.ts' } },
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
    build: { outDir: 'dist/renderer', rollupOptions: { input: 'renderer/index.html' } },
  },
})
