// Brings a fresh clone to where everything can run. Plain JavaScript: Node 20 starts it.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { isInstalled } from './installed.mjs'
import { findNode, inRoot, NODE_MAJOR, toolEnvironment } from './places.mjs'
import { howToInstall, missing } from './programs.mjs'
import { run } from './run.mjs'

/** Says one line and ends the script. */
function stop(/** @type {string} */ line) {
  console.error(line)
  process.exit(1)
}

function readJson(/** @type {string} */ path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

function requireNode() {
  if (Number.parseInt(process.versions.node, 10) < 20) {
    stop(`Hangar needs Node 20 or newer to start; this is Node ${process.versions.node}.`)
  }
}

/** Installs what package-lock.json asks for, if something else (or nothing) is there. */
export async function installPackages() {
  requireNode()
  mkdirSync(inRoot('.cache', 'home'), { recursive: true })
  if (isInstalled(readJson(inRoot('package-lock.json')), readJson(inRoot('node_modules', '.package-lock.json')))) return
  console.log('Installing packages (npm ci)…')
  // A peer that wants a newer Node than the one npm runs on is fine: the tools run on the Node that npm brings.
  const code = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
  if (code !== 0) stop('npm ci failed: see above. It needs the npm registry (or a filled npm cache).')
  if (!findNode())
    stop(
      `Hangar's tools need Node ${NODE_MAJOR}; this is Node ${process.versions.node}. Please install Node ${NODE_MAJOR}.`,
    )
}

/**
 * Installs programs that npm cannot bring where that needs no question (Debian, as root); otherwise says the line to run.
 * @param {import('./programs.mjs').Program[]} programs
 */
export async function installPrograms(programs) {
  const absent = missing(programs)
  if (absent.length === 0) return
  const { run: mayRun, line } = howToInstall(absent, {
    hasApt: existsSync('/usr/bin/apt-get'),
    isRoot: process.getuid?.() === 0,
  })
  if (!mayRun) stop(line)
  console.log(line)
  const env = { ...toolEnvironment(), DEBIAN_FRONTEND: 'noninteractive' }
  await run('sh', ['-c', `(${line}) >/dev/null`], { env })
  const still = missing(absent)
  if (still.length > 0) stop(`Could not install ${still.map(({ name }) => name).join(', ')}. Please run: ${line}`)
}
