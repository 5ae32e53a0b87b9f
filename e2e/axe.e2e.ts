import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './fixtures.ts'
import { setTheme, THEMES } from './support/tour/look.ts'
import { STAGES } from './support/tour/stages.ts'

for (const [name, stage] of STAGES) {
  test(`${name}: nothing keeps anyone out, in either theme`, async ({ simulator, launch, folder }) => {
    test.setTimeout(300_000)
    const show: Parameters<typeof stage>[0]['show'] = async (hangar, screen) => {
      for (const theme of THEMES) {
        await setTheme(hangar, theme)
        // Legacy: in one page, because the app opens no second one.
        const { violations } = await new AxeBuilder({ page: hangar.page }).setLegacyMode(true).analyze()
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n  ')}`)
        expect.soft(found, `${screen}, ${theme}`).toEqual([])
      }
    }
    await stage({ simulator, launch, folder, show })
  })
}
