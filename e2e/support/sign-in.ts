import type { Hangar } from './hangar.ts'

/**
 * Has the app read `token` from its clipboard. The system's own is left alone: every test shares it, and the stand-in would
 * carry it through the page.
 */
export async function pasteToken({ app, page }: Hangar, token: string): Promise<void> {
  await app.evaluate(({ clipboard }, text) => {
    clipboard.readText = async () => text
  }, token)
  await page.getByRole('button', { name: /^Paste/ }).click()
}

/** Pastes a token and signs in with it; the machine table is what comes next. */
export async function signInWithToken(hangar: Hangar, token: string): Promise<void> {
  await pasteToken(hangar, token)
  await hangar.page.getByRole('button', { name: /^Sign in/ }).click()
  await hangar.page.getByRole('grid', { name: 'Machines' }).waitFor()
}
