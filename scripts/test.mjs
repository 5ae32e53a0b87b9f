// `npm test`: everything a fresh clone needs, then every check there is. Ends with one line: `N passed, N failed`.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { buildIfStale } from './build.mjs'
import { countPlaywright, countStep, countVitest, sum } from './counts.mjs'
import { hasDisplay, startVirtualDisplay } from './display.mjs'
import { chooseRuntime } from './electron-runtime.mjs'
import { inRoot } from './places.mjs'
import { PROGRAMS } from './programs.mjs'
import { run } from './run.mjs'
import { installPackages, installPrograms } from './setup.mjs'

const REPORTS = inRoot('.cache', 'reports')

await installPackages()
const { chromium, xvfb, ...keychain } = PROGRAMS
if (process.platform === 'linux') await installPrograms([chromium, ...Object.values(keychain)])
const runtime = await chooseRuntime()
if (runtime.kind === 'electron' && !hasDisplay()) await installPrograms([xvfb])
console.log(`End-to-end specs run on ${runtime.label}.`)
rmSync(REPORTS, { recursive: true, force: true })
mkdirSync(REPORTS, { recursive: true })

// Real Electron needs a display even for windows nobody sees; the stand-in's Chromium does not.
const virtual = runtime.kind === 'electron' && !hasDisplay() ? await startVirtualDisplay() : undefined
const env = { ...runtime.env, ...virtual?.env }

/** @typedef {{ name: string, act(): Promise<number>, report?: string, count?: (report: any) => import('./counts.mjs').Counts }} Step */

/** @returns {Step} */
function tool(/** @type {string} */ name, /** @type {string} */ command, /** @type {string[]} */ ...args) {
  return { name, act: () => run(command, args, { env }) }
}

/** @returns {Step} */
function playwright(/** @type {string} */ name, /** @type {string} */ config) {
  const report = `${REPORTS}/${config.replaceAll('/', '-')}.json`
  const act = () =>
    run('playwright', ['test', '--config', config, '--reporter', 'list,json'], {
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    })
  return { name, act, report, count: countPlaywright }
}

const vitestReport = `${REPORTS}/vitest.json`
/** @type {Step[]} */
const steps = [
  tool('types', 'tsc', '-b'),
  tool('lint', 'biome', 'ci', '.'),
  tool('dead code', 'knip'),
  {
    ...tool(
      'unit, contract and page tests',
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${vitestReport}`,
    ),
    report: vitestReport,
    count: countVitest,
  },
  { name: 'build', act: buildIfStale },
  playwright('the stand-in itself', 'e2e/electron-standin'),
  playwright('end to end', 'e2e'),
]

/** @returns {Promise<import('./counts.mjs').Counts>} */
async function perform(/** @type {Step} */ { name, act, report, count }) {
  console.log(`\n== ${name}`)
  const start = performance.now()
  const code = await act()
  const counts = report && count && existsSync(report) ? count(JSON.parse(readFileSync(report, 'utf8'))) : undefined
  const result = countStep(code, counts)
  const told = counts ? `: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped` : ''
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`== ${name} ${result.failed === 0 ? 'ok' : 'FAILED'}${told} (${seconds} s)`)
  return result
}

const results = []
for (const step of steps) results.push(await perform(step))
virtual?.stop()
const { passed, failed } = sum(results)
console.log(`\nEnd-to-end specs ran on ${runtime.label}.`)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
