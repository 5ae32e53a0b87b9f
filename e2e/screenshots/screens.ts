import { expect, test } from '../fixtures.ts'
import type { Hangar } from '../support/hangar.ts'
import { setTheme, THEMES } from '../support/tour/look.ts'
import { STAGES } from '../support/tour/stages.ts'

const SIZE = { width: 1440, height: 900 }

/** In the order the pictures are listed. */
const SCREENS = [
  'sign-in',
  'sign-in-token',
  'machines',
  'inspector',
  'dock-logs',
  'dock-terminal',
  'attention',
  'crash-loop',
  'out-of-memory',
  'stuck',
  'orphans',
  'failed-build',
  'active-user',
  'apps',
  'volumes',
  'workspaces',
  'new-workspace',
  'destroy',
  'deploy-plan',
  'deploy-running',
  'deploy-done',
  'deploy-failed',
  'deploys',
  'activity',
  'activity-detail',
  'activity-empty',
  'logs',
  'terminals',
  'cost',
  'planner',
  'palette',
  'settings',
  'shortcuts',
  'loading',
  'empty',
  'failed',
  'offline',
]

function fileOf(screen: string, theme: string): string {
  const number = SCREENS.indexOf(screen) + 1
  expect(number, `${screen} has a place in the list`).toBeGreaterThan(0)
  const name = `${String(number).padStart(2, '0')}-${screen}.${theme}.png`
  return new URL(`../../docs/screenshots/${name}`, import.meta.url).pathname
}

async function shoot(hangar: Hangar, screen: string): Promise<void> {
  await hangar.app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height)
  }, SIZE)
  await hangar.page.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, SIZE)
  for (const theme of THEMES) {
    await setTheme(hangar, theme)
    await hangar.page.screenshot({ path: fileOf(screen, theme), animations: 'disabled' })
  }
}

for (const [name, stage] of STAGES) {
  test(`pictures of ${name}`, async ({ simulator, launch, folder }) => {
    await stage({ simulator, launch, folder, show: shoot })
  })
}
