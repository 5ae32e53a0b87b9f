import type { ImageConfig } from '../builders/image-config.ts'

export interface Layer {
  /** Of the packed layer, and of what is in it. */
  digest: string
  diffId: string
  bytes: Buffer
  createdBy: string
}

/** An image as a Docker daemon keeps it. */
export interface LocalImage {
  /** Digest of its configuration. */
  id: string
  tags: string[]
  config: ImageConfig
  configBytes: Buffer
  layers: Layer[]
  createdAt: number
  /** What it would weigh, were its layers real. */
  sizeBytes: number
}

/** What one Docker daemon keeps: images, and the steps its cache knows, with the time they were taken. */
export interface DockerStore {
  /** By id. */
  images: Map<string, LocalImage>
  steps: Map<string, number>
}

export const createDockerStore = (): DockerStore => ({ images: new Map(), steps: new Map() })

/** By id, the beginning of one, or a tag. */
export function findLocalImage({ images }: DockerStore, name: string): LocalImage | undefined {
  const bare = name.replace(/^sha256:/, '')
  const tagged = [...images.values()].find(({ tags }) => tags.includes(withTag(name)))
  if (tagged || !/^[0-9a-f]{6,64}$/.test(bare)) return tagged
  return [...images.values()].find(({ id }) => id.startsWith(`sha256:${bare}`))
}

/** A tag belongs to one image at a time. */
export function tagImage({ images }: DockerStore, image: LocalImage, tag: string): void {
  for (const other of images.values()) other.tags = other.tags.filter((known) => known !== tag)
  image.tags.push(tag)
}

/** Takes a tag away, and the image with its last one. What was done, as Docker lists it. */
export function removeImage({ images }: DockerStore, image: LocalImage, name: string): Record<string, string>[] {
  const tag = withTag(name)
  const gone = image.tags.includes(tag) ? [tag] : image.tags
  image.tags = image.tags.filter((known) => !gone.includes(known))
  if (image.tags.length === 0) images.delete(image.id)
  const untagged = gone.map((Untagged) => ({ Untagged }))
  return image.tags.length === 0 ? [...untagged, { Deleted: image.id }] : untagged
}

/** `name` means `name:latest`. */
export const withTag = (name: string): string => (/:[\w][\w.-]*$/.test(name) ? name : `${name}:latest`)
