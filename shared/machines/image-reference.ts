import type { Image } from '../contracts/fleet.ts'

/** Splits `registry/path:tag@sha256:…`. A colon before a slash belongs to a port, not to a tag. */
export function parseImageReference(reference: string): Image | undefined {
  const [named = '', digest] = reference.split('@', 2)
  if (named === '') return undefined
  const colon = named.lastIndexOf(':')
  const tagged = colon > named.lastIndexOf('/')
  return {
    repository: tagged ? named.slice(0, colon) : named,
    ...(tagged ? { tag: named.slice(colon + 1) } : {}),
    ...(digest ? { digest } : {}),
  }
}
