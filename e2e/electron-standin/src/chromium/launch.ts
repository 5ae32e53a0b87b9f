import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Cdp } from './cdp.ts'

const FLAGS = ['--remote-debugging-port=0', '--no-startup-window', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--no-default-browser-check', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions',
  '--disable-dev-shm-usage', '--disable-back-forward-cache', '--password-store=basic', '--use-mock-keychain',
  '--disable-background-timer-throttling', '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows',
  '--disable-search-engine-choice-screen', '--deny-permission-prompts',
  // Electron lets file:// pages load ES modules.
  '--allow-file-access-from-files',
  // Electron's pages hear of a port that closes.
  '--enable-blink-features=MessagePortCloseEvent']
const DISABLED_FEATURES = 'LocalNetworkAccessChecks,Translate,MediaRouter'

export interface Chromium {
  cdp: Cdp
  devtoolsUrl: string
  process: ChildProcess
  stop(): Promise<void>
}

interface LaunchOptions {
  /** Where http://*.localhost leads to. */
  serverPort: number
  switches: ReadonlyMap<string, string>
}

export async function launchChromium({ serverPort, switches }: LaunchOptions): Promise<Chromium> {
  const profile = await mkdtemp(join(tmpdir(), 'standin-profile-'))
  const path = findChromium()
  const flags = [...FLAGS, ...(process.env.STANDIN_HEADED ? [] : ['--headless=new']), `--user-data-dir=${profile}`,
    `--host-resolver-rules=MAP *.localhost:80 127.0.0.1:${serverPort}`, ...extraFlags(switches)]
  const child = spawn(path, flags, { stdio: ['ignore', 'ignore', 'pipe'] })
  const reaper = spawn(join(import.meta.dirname, 'reaper.sh'), [profile, String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const devtoolsUrl = await readDevtoolsUrl(child)
  const cdp = await Cdp.connect(devtoolsUrl)

  async function stop(): Promise<void> {
    cdp.send('Browser.close').catch(() => {})
    const impatience = setTimeout(() => child.kill('SIGKILL'), 2000)
    await exited
    clearTimeout(impatience)
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
    const reaped = new Promise((resolve) => reaper.once('exit', resolve))
    reaper.stdin.end('done\n')
    await reaped
  }
  return { cdp, devtoolsUrl, process: child, stop }
}

const CHROMIUMS = ['/usr/lib/chromium/chromium', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/** The binary itself comes before Debian's wrapper script, so that its process is the one to wait for. */
function findChromium(): string {
  const path = process.env.STANDIN_CHROMIUM ?? CHROMIUMS.find((one) => existsSync(one))
  if (!path) throw new Error('The Electron stand-in needs Chromium: install it (Debian: apt-get install chromium), or name it in STANDIN_CHROMIUM.')
  return path
}

/** The app's and Playwright's switches, except those that the stand-in decides itself. */
function extraFlags(switches: ReadonlyMap<string, string>): string[] {
  const ours = ['user-data-dir', 'remote-debugging-port', 'host-resolver-rules', 'disable-features', 'headless', 'inspect', 'no-sandbox']
  const features = [DISABLED_FEATURES, switches.get('disable-features')].filter(Boolean).join(',')
  const flags = [...switches].filter(([name]) => !ours.includes(name)).map(([name, value]) => (value ? `--${name}=${value}` : `--${name}`))
  return [...flags, `--disable-features=${features}`]
}

function readDevtoolsUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const output: string[] = []
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`Chromium exited with ${code}:\n${output.join('\n')}`)))
    createInterface({ input: child.stderr! }).on('line', (line) => {
      output.push(line)
      if (process.env.STANDIN_DEBUG) process.stderr.write(`${line}\n`)
      const [, url] = line.match(/^DevTools listening on (ws:\S+)/) ?? []
      if (url) resolve(url)
    })
  })
}
