import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

const page = join(import.meta.dirname, 'page')
const outDir = join(import.meta.dirname, '../../.cache/bench/page')
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

export interface ServedPage {
  url: string
  stop(): void
}

/** Builds both pages as the app's own is built, and serves them on loopback. */
export async function servePages(): Promise<ServedPage> {
  const input = ['ours.html', 'ag-grid.html'].map((name) => join(page, name))
  await build({
    configFile: false,
    logLevel: 'warn',
    root: page,
    plugins: [react()],
    build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 4000, rollupOptions: { input } },
  })
  const server = createServer(async ({ url = '/' }, response) => {
    const file = join(outDir, new URL(url, 'http://localhost').pathname)
    const content = await readFile(file).catch(() => undefined)
    response.writeHead(content ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
    response.end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return { url: `http://127.0.0.1:${address.port}`, stop: () => void server.close() }
}
