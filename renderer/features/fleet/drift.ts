import type { AppRow, Image } from '#shared/contracts/fleet.ts'

/** The image most machines of each app run, by app name. */
export const usualImages = (apps: readonly AppRow[]): ReadonlyMap<string, Image> =>
  new Map(apps.flatMap(({ name, image }) => (image ? [[name, image]] : [])))

/** Runs another image than most machines of its app. What is not known yet drifts from nothing. */
export function drifts(image: Image | undefined, usual: Image | undefined): boolean {
  if (!image || !usual) return false
  const differ = (one: string | undefined, other: string | undefined) =>
    one !== undefined && other !== undefined && one !== other
  return image.repository !== usual.repository || differ(image.tag, usual.tag) || differ(image.digest, usual.digest)
}
