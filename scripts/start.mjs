// `npm start` and `npm run demo`: everything a fresh clone needs, then the app.
import { buildIfStale } from './build.mjs'
import { hasDisplay, startVirtualDisplay } from './display.mjs'
import { chooseRuntime } from './electron-runtime.mjs'
import { ROOT } from './places.mjs'
import { PROGRAMS } from './programs.mjs'
import { run } from './run.mjs'
import { installPackages, installPrograms } from './setup.mjs'

await installPackages()
const runtime = await chooseRuntime()
console.log(`Runs on ${runtime.label}.`)
await installPrograms([
  ...(runtime.kind === 'standin' ? [PROGRAMS.chromium] : []),
  ...(hasDisplay() ? [] : [PROGRAMS.xvfb]),
])
const built = await buildIfStale()
if (built !== 0) process.exit(built)

const virtual = hasDisplay() ? undefined : await startVirtualDisplay()
if (virtual) console.log(`No display here: the window opens on a virtual one (${virtual.env.DISPLAY}).`)
// Chromium's sandbox refuses to run as root.
const asRoot = process.platform === 'linux' && process.getuid?.() === 0
const code = await run(runtime.executable, [...(asRoot ? ['--no-sandbox'] : []), ROOT, ...process.argv.slice(2)], {
  env: { ...runtime.env, STANDIN_HEADED: '1', ...virtual?.env },
})
virtual?.stop()
process.exit(code)
