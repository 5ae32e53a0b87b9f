import { spawn } from 'node:child_process'

/** Whether windows can open here without help. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/**
 * Starts an X server that nobody sees, on the first free number.
 * @returns {Promise<{ env: NodeJS.ProcessEnv, stop(): void }>}
 */
export function startVirtualDisplay() {
  const server = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code} before it had a display.`)))
    let told = ''
    server.stdout.on('data', (chunk) => {
      told += chunk
      if (told.includes('\n')) resolve({ env: { DISPLAY: `:${told.trim()}` }, stop: () => void server.kill() })
    })
  })
}
