import { hash } from '../world/random.ts'
import type { App } from '../world/types.ts'

/** First 48 bits of the private addresses of an app: apps of one organization and network share them. */
export const networkPrefix = ({ org, network }: Pick<App, 'org' | 'network'>): string =>
  `fdaa:2:${(hash(`${org} ${network}`) & 0xffff).toString(16)}`

export const networkCidr = (app: App) => `${networkPrefix(app)}::/48`
