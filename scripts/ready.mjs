// Everything a fresh clone needs before the app can run here.
import { hasDisplay, startVirtualDisplay } from './display.mjs'
import { chooseRuntime } from './electron-runtime.mjs'
import { PROGRAMS } from './programs.mjs'
import { installPackages, installPrograms } from './setup.mjs'

/**
 * @typedef {{
 *   executable: string,
 *   env: NodeJS.ProcessEnv,
 *   asRoot: boolean, // Chromium's sandbox refuses to run as root
 *   stop(): void, // ends the virtual display
 * }} Ready
 */

/** Packages, a runtime, the programs it needs and a display. @returns {Promise<Ready>} */
export async function getReady() {
  await installPackages()
  const runtime = await chooseRuntime()
  console.log(`Runs on ${runtime.label}.`)
  await installPrograms([
    ...(runtime.kind === 'standin' ? [PROGRAMS.chromium] : []),
    ...(hasDisplay() ? [] : [PROGRAMS.xvfb]),
  ])
  const virtual = hasDisplay() ? undefined : await startVirtualDisplay()
  if (virtual) console.log(`No display here: the window opens on a virtual one (${virtual.env.DISPLAY}).`)
  return {
    executable: runtime.executable,
    env: { ...runtime.env, STANDIN_HEADED: '1', ...virtual?.env },
    asRoot: process.platform === 'linux' && process.getuid?.() === 0,
    stop: () => virtual?.stop(),
  }
}
