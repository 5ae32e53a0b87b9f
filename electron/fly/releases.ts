import { z } from 'zod'
import type { FlyClient } from './client.ts'
import { itemsOf, maybe, Time } from './lenient.ts'

/** A release as Fly Launch records it. Machines changed through the Machines API make none. */
export interface FlyRelease {
  version: number
  /** running, complete, failed, interrupted, … */
  status: string
  /** `registry.fly.io/app:tag`; empty when Fly does not say. */
  image: string
  createdAt: number
}

const RawRelease = z
  .object({ version: z.int(), status: maybe(z.string()), image_ref: maybe(z.string()), created_at: Time })
  .transform(
    ({ version, status = '', image_ref = '', created_at }): FlyRelease => ({
      ...{ version, status, image: image_ref, createdAt: created_at },
    }),
  )

/** The newest releases of an app, newest first. */
export async function listReleases(
  fly: FlyClient,
  { app, limit, signal }: { app: string; limit: number; signal: AbortSignal },
): Promise<FlyRelease[]> {
  const releases = await fly({
    service: 'rest',
    path: `/api/v1/apps/${app}/releases`,
    query: { limit },
    schema: z.object({ releases: itemsOf(RawRelease) }).transform((answer) => answer.releases),
    signal,
  })
  return releases.sort((left, right) => right.version - left.version)
}
