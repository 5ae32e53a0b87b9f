import { z } from 'zod'
import { call } from '../ipc/contract.ts'
import { AppName } from './names.ts'

/** What the page asks of the desktop around it. It has no clipboard and no browser of its own. */
export const desktop = {
  /**
   * Only https to fly.io, fly.dev and the hosts of this account's apps, and the one http port of this computer at which
   * the demo serves its apps. Refuses the rest.
   */
  openLink: call({ input: z.object({ url: z.url({ protocol: /^https?$/ }) }), output: z.void() }),
  /** Opens the app where this account's Fly.io serves it: `<app>.fly.dev`, or this computer for the demo. */
  openApp: call({ input: z.object({ app: AppName }), output: z.void() }),
  copyText: call({ input: z.object({ text: z.string().max(5_000_000) }), output: z.void() }),
  /** Pastes into whatever has the focus, as Edit > Paste does: the page never reads the clipboard itself. */
  paste: call({ input: z.object({}), output: z.void() }),
}
