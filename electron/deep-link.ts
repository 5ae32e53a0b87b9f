import { z } from 'zod'
import { AppName, MachineId } from '#shared/contracts/names.ts'

/** What a `hangar://` link may ask for: to look at something. Never to change anything. */
const Target = z.union([
  z.tuple([z.literal('apps'), AppName]),
  z.tuple([z.literal('apps'), AppName, z.literal('machines'), MachineId]),
])

/**
 * The page's address (after `#`) for `hangar://apps/<app>` and `hangar://apps/<app>/machines/<id>`; undefined for
 * anything else. Links come from web pages and mails, so nothing unknown is passed on.
 */
export function deepLinkPath(link: string): string | undefined {
  const url = URL.parse(link)
  if (url?.protocol !== 'hangar:' || url.search !== '' || url.hash !== '' || url.username !== '') return undefined
  const parts = [url.host, ...url.pathname.split('/')].filter((part) => part !== '')
  const target = Target.safeParse(parts)
  return target.success ? `/${target.data.join('/')}` : undefined
}

/** The link among the arguments of a start: the system puts it last. */
export const deepLinkOf = (argv: readonly string[]) => argv.map(deepLinkPath).findLast((path) => path !== undefined)
