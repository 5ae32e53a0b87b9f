import { z } from 'zod'
import type { FlyClient } from './client.ts'
import { maybe } from './lenient.ts'

export interface FlyImage {
  /** `registry.fly.io/app:tag`. */
  ref: string
  /** `sha256:…` */
  digest: string
}

const QUERY = `query AppImage($name: String!, $ref: String!) {
  app(name: $name) { image(ref: $ref) { ref digest } }
}`

const Answer = z.object({
  app: z.object({ image: z.object({ ref: maybe(z.string()), digest: maybe(z.string()) }).nullish() }).nullish(),
})

/** What a tag is right now, by the query flyctl itself uses. Undefined: the registry does not know it (yet). */
export async function findImage(
  fly: FlyClient,
  { app, ref, signal }: { app: string; ref: string; signal: AbortSignal },
): Promise<FlyImage | undefined> {
  const answer = await fly({
    service: 'graphql',
    method: 'POST',
    path: '/graphql',
    body: { query: QUERY, operationName: 'AppImage', variables: { name: app, ref } },
    schema: Answer,
    signal,
  })
  const image = answer.app?.image
  return image?.digest ? { ref: image.ref || ref, digest: image.digest } : undefined
}
