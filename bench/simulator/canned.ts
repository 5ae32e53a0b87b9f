import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

const program = new URL('./canned-server.ts', import.meta.url).pathname

export interface Canned {
  url: string
  pid: number | undefined
  stop(): Promise<void>
}

/** A plain HTTP server in a process of its own that answers everything with one body. */
export async function serveCanned(body: string): Promise<Canned> {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(body)
  const [url] = await once(createInterface({ input: child.stdout }), 'line')
  return {
    url: String(url),
    pid: child.pid,
    async stop() {
      const exited = once(child, 'exit')
      child.kill()
      await exited
    },
  }
}
