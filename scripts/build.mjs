// Builds the app when a source is newer than what was built last.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from './places.mjs'
import { run } from './run.mjs'

const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'simulator',
  'resources',
  'electron.vite.config.ts',
  'package-lock.json',
]
const BUILT = ['main/main.js', 'preload/preload.cjs', 'renderer/index.html']

/** Newest change below a file or folder, in ms; 0 when it is not there. @returns {number} */
function newest(/** @type {string} */ path) {
  if (!existsSync(path)) return 0
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

function isBuilt() {
  const built = BUILT.map((name) => inRoot('dist', name))
  if (!built.every((path) => existsSync(path))) return false
  const oldest = Math.min(...built.map((path) => statSync(path).mtimeMs))
  return SOURCES.every((name) => newest(inRoot(name)) <= oldest)
}

/** @returns {Promise<number>} the exit code of the build */
export async function buildIfStale() {
  return isBuilt() ? 0 : run('electron-vite', ['build', '--logLevel', 'warn'])
}
