import { expect, test } from './fixtures.ts'
import { pasteToken, signInWithToken } from './support/sign-in.ts'

test('a pasted token is kept in the keychain: after a restart one is still signed in, until one signs out', async ({
  launch,
  simulator,
  keyring,
}) => {
  const first = await launch({ simulator, keyring: keyring.env })
  await pasteToken(first, `Bearer ${simulator.token}`)
  const panel = first.page.getByRole('complementary', { name: 'What this token is' })
  await expect(panel).toContainText('Acme Workspaces')
  await expect(panel).toContainText(simulator.token.slice(-4))
  await first.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(first.page.getByRole('grid', { name: 'Machines' })).toBeVisible()
  await first.app.close()

  const second = await launch({ simulator, keyring: keyring.env })
  await expect(second.page.getByRole('grid', { name: 'Machines' })).toBeVisible()
  await second.page.getByRole('button', { name: /^Account/ }).click()
  await second.page.getByRole('menuitem', { name: /^Sign out/ }).click()
  await second.page.getByRole('button', { name: 'Sign out' }).click()
  await expect(second.page.getByRole('heading', { name: 'Connect to Fly.io' })).toBeVisible()
  await second.app.close()

  const third = await launch({ simulator, keyring: keyring.env })
  await expect(third.page.getByRole('heading', { name: 'Connect to Fly.io' })).toBeVisible()
})

test('a revoked token is refused at the sign-in, with what to do about it', async ({ launch, simulator }) => {
  const hangar = await launch({ simulator })
  await pasteToken(hangar, simulator.tokens.revoked)
  await expect(hangar.page.getByRole('alert')).toContainText('does not accept this token')
  await signInWithToken(hangar, simulator.token)
})

test('what is on the clipboard and is no token is named as such', async ({ launch, simulator }) => {
  const hangar = await launch({ simulator })
  await pasteToken(hangar, 'git commit -m "not a token"')
  await expect(hangar.page.getByRole('alert')).toContainText(/token/i)
  await expect(hangar.page.getByRole('button', { name: /^Paste/ })).toBeEnabled()
})

test('a token that is revoked while the app is open leaves the last picture and asks for another one', async ({
  page,
  simulator,
}) => {
  await simulator.make('revoke', { token: simulator.token })
  await expect(page.getByRole('alert').filter({ hasText: 'no longer accepts this token' })).toBeVisible()
  await expect(page.getByRole('grid', { name: 'Machines' }).getByRole('row').nth(1)).toBeVisible()
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await expect(page.getByRole('heading', { name: 'Connect to Fly.io' })).toBeVisible()
})
