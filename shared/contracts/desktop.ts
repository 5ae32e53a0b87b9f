import { z } from 'zod'
import { call } from '../ipc/contract.ts'

/** What the page asks of the desktop around it. It has no clipboard and no browser of its own. */
export const desktop = {
  /** https only, and only to fly.io, fly.dev and the hosts of this account's apps; refuses the rest. */
  openLink: call({ input: z.object({ url: z.url({ protocol: /^https$/ }) }), output: z.void() }),
  copyText: call({ input: z.object({ text: z.string().max(5_000_000) }), output: z.void() }),
  /** Pastes into whatever has the focus, as Edit > Paste does: the page never reads the clipboard itself. */
  paste: call({ input: z.object({}), output: z.void() }),
}
