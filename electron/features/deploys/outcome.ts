import { setTimeout as sleep } from 'node:timers/promises'
import type { ActiveAccount } from '#electron/fly/active-account.ts'
import { findImage } from '#electron/fly/images.ts'
import { listReleases } from '#electron/fly/releases.ts'
import type { Deployment } from '#shared/contracts/deploys.ts'

interface Outcome {
  account: ActiveAccount
  app: string
  imageRef: string
  /** As flyctl's builder printed it: used only when Fly cannot be asked. */
  digest: string | undefined
  signal: AbortSignal
}

/** A pushed tag may take a moment to be known. */
const TRIES = 3
const PAUSE_MS = 700

/** What Fly says was made: asked, not read from text. What cannot be learnt is left out; the deploy stands anyway. */
export async function readOutcome(outcome: Outcome): Promise<Partial<Deployment>> {
  const { imageRef, signal } = outcome
  const [digest, releaseVersion] = await Promise.all([findDigest(outcome), findRelease(outcome)])
  signal.throwIfAborted()
  return {
    image: imageRef,
    ...(digest !== undefined && { digest }),
    ...(releaseVersion !== undefined && { releaseVersion }),
  }
}

async function findDigest({ account, app, imageRef, digest, signal }: Outcome): Promise<string | undefined> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const image = await orNothing(findImage(account.fly, { app, ref: imageRef, signal }))
    if (image) return image.digest
    await orNothing(sleep(PAUSE_MS, undefined, { signal }))
  }
  return digest
}

async function findRelease({ account, app, imageRef, signal }: Outcome): Promise<number | undefined> {
  const releases = (await orNothing(listReleases(account.fly, { app, limit: 10, signal }))) ?? []
  return (releases.find(({ image }) => image.includes(imageRef)) ?? releases[0])?.version
}

/** Evidence that cannot be had does not undo what was deployed. */
const orNothing = <T>(wanted: Promise<T>): Promise<T | undefined> => wanted.catch(() => undefined)
