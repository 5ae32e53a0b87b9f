import { pasteToken } from '../sign-in.ts'
import type { Stage } from './stage.ts'

export const signInStage: Stage = async ({ simulator, launch, show }) => {
  const hangar = await launch({ simulator })
  await hangar.page.getByRole('heading', { name: 'Connect to Fly.io' }).waitFor()
  await show(hangar, 'sign-in')
  await pasteToken(hangar, simulator.token)
  await hangar.page.getByRole('button', { name: /^Sign in/ }).waitFor()
  await show(hangar, 'sign-in-token')
}
