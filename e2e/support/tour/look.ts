import type { Hangar } from '../hangar.ts'

export const THEMES = ['light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** Shows the app as on a desktop of that theme, and waits until the page knows. */
export async function setTheme({ app, page }: Hangar, theme: Theme): Promise<void> {
  await app.evaluate(({ nativeTheme }, source) => {
    nativeTheme.themeSource = source
  }, theme)
  await page.waitForFunction((wanted) => matchMedia(`(prefers-color-scheme: ${wanted})`).matches, theme)
  // A colour that is still on its way is none of the theme's.
  await page.waitForFunction(() =>
    document.getAnimations().every((each) => each.effect?.getTiming().iterations === Number.POSITIVE_INFINITY),
  )
}
