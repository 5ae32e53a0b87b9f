// Programs that do not come from npm: what each is needed for, and how Debian calls it.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** @typedef {{ name: string, debian: string, anyOf: string[] }} Program */

/** @satisfies {Record<string, Program>} */
export const PROGRAMS = {
  chromium: {
    name: 'Chromium',
    debian: 'chromium',
    anyOf: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
  },
  xvfb: { name: 'Xvfb', debian: 'xvfb', anyOf: ['Xvfb'] },
  dbus: { name: 'a D-Bus daemon', debian: 'dbus', anyOf: ['dbus-daemon'] },
  keyring: { name: 'GNOME Keyring', debian: 'gnome-keyring', anyOf: ['gnome-keyring-daemon'] },
  secretTool: { name: 'secret-tool', debian: 'libsecret-tools', anyOf: ['secret-tool'] },
  ps: { name: 'ps', debian: 'procps', anyOf: ['ps'] },
}

/** @param {string} name a program's name, or the absolute path of one */
export function isOnPath(name, path = process.env.PATH ?? '') {
  if (name.startsWith('/')) return existsSync(name)
  return path.split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)))
}

/**
 * @param {Program[]} programs
 * @param {(name: string) => boolean} [isThere]
 */
export function missing(programs, isThere = (name) => isOnPath(name)) {
  return programs.filter(({ anyOf }) => !anyOf.some(isThere))
}

/**
 * How to get what is missing on this computer: a command we may run, or a line for the person.
 * @param {Program[]} programs
 * @param {{ hasApt: boolean, isRoot: boolean }} system
 */
export function howToInstall(programs, { hasApt, isRoot }) {
  const packages = programs.map(({ debian }) => debian).join(' ')
  if (!hasApt) return { run: false, line: `Please install: ${programs.map(({ name }) => name).join(', ')}.` }
  const install = `apt-get install -y --no-install-recommends ${packages}`
  if (isRoot) return { run: true, line: `apt-get update && ${install}` }
  return { run: false, line: `Please run: sudo apt-get update && sudo ${install}` }
}
