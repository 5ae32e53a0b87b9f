import type { Hangar } from './hangar.ts'

/** Puts a token on the clipboard, has the app read it, and waits for what it says about it. */
export async function pasteToken({ app, page }: Hangar, token: string): Promise<void> {
  await app.evaluate(({ clipboard }, text) => clipboard.writeText(text), token)
  await page.getByRole('button', { name: /^Paste/ }).click()
}

/** Pastes a token and signs in with it; the machine table is what comes next. */
export async function signInWithToken(hangar: Hangar, token: string): Promise<void> {
  await pasteToken(hangar, token)
  await hangar.page.getByRole('button', { name: /^Sign in/ }).click()
  await hangar.page.getByRole('grid', { name: 'Machines' }).waitFor()
}
