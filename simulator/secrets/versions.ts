import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import type { App } from '../world/types.ts'

const Version = z.coerce.number().int().nonnegative().optional()
/** The description says `min_version`, the official client sends `version`. */
const Query = z.looseObject({ min_version: Version, version: Version })

/** Secrets and secret keys of an app share one version, which each write raises. */
export const versionsOf = ({ secretsVersion }: App) => ({ version: secretsVersion, Version: secretsVersion })

export function checkVersion({ secretsVersion }: App, query: unknown): void {
  const { min_version: least, version } = parse(Query, query)
  if ((least ?? version ?? 0) > secretsVersion) throw new FlyError(422, 'that secrets version is not there yet')
}
