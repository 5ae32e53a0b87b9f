// Which Electron runs the app: the real one, or the stand-in on Chromium where it cannot be had.
import { existsSync, readFileSync } from 'node:fs'
import { inRoot } from './places.mjs'
import { run } from './run.mjs'

/** @typedef {{ kind: 'electron' | 'standin', executable: string, env: NodeJS.ProcessEnv, label: string }} Runtime */

/** Long enough for 120 MB over a slow line, once the host has answered at all. */
const DOWNLOAD_MS = 5 * 60_000
/** A host that has not answered by then is taken for unreachable. */
const PROBE_MS = 4_000
const VARIABLE = 'HANGAR_RUNTIME'

/** Path of the real binary, if it has been downloaded. */
function realElectron() {
  const folder = inRoot('node_modules', 'electron')
  const pathFile = `${folder}/path.txt`
  const path = existsSync(pathFile) ? `${folder}/dist/${readFileSync(pathFile, 'utf8')}` : undefined
  return path && existsSync(path) ? path : undefined
}

/** @returns {Promise<boolean>} */
async function isDownloadReachable() {
  const host = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/'
  return fetch(host, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) }).then(
    () => true,
    () => false,
  )
}

/** @returns {Promise<boolean>} whether the binary is there now */
async function downloadElectron() {
  if (!(await isDownloadReachable())) return false
  console.log('Downloading Electron (about 120 MB, once)…')
  await run('node', [inRoot('node_modules', 'electron', 'install.js')], { timeoutMs: DOWNLOAD_MS })
  return realElectron() !== undefined
}

/** @returns {Runtime} */
function electronRuntime(/** @type {string} */ executable) {
  const version = JSON.parse(readFileSync(inRoot('node_modules', 'electron', 'package.json'), 'utf8')).version
  return { kind: 'electron', executable, label: `Electron ${version}`, env: { [VARIABLE]: 'electron' } }
}

/** @returns {Runtime} */
function standinRuntime(/** @type {string} */ why) {
  const folder = inRoot('e2e', 'electron-standin', 'bin')
  return {
    kind: 'standin',
    executable: `${folder}/electron`,
    label: `the Electron stand-in on Chromium (${why})`,
    // Playwright and the electron package look for the executable there.
    env: { [VARIABLE]: 'standin', ELECTRON_OVERRIDE_DIST_PATH: folder },
  }
}

/**
 * Decides once per run: what it sets in the environment is what every child process finds decided.
 * @returns {Promise<Runtime>}
 */
export async function chooseRuntime() {
  const decided = process.env[VARIABLE]
  if (decided === 'standin') return standinRuntime(`asked for by ${VARIABLE}`)
  const real = realElectron() ?? ((await downloadElectron()) ? realElectron() : undefined)
  if (real) return electronRuntime(real)
  if (decided === 'electron')
    throw new Error(`${VARIABLE}=electron, but Electron's binary is not there and could not be downloaded.`)
  return standinRuntime("Electron's binary is not here and its download cannot be reached")
}
