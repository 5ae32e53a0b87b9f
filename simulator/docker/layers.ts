import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Played } from '../builders/play.ts'
import { digestOf } from '../registry/content.ts'
import { tarOf } from '../registry/tar.ts'
import type { BuildContext } from './build-context.ts'
import { type DockerStore, type Layer, type LocalImage, tagImage, withTag } from './local-images.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** One id per step, made of everything before it: the same Dockerfile and files give the same image, as with Docker. */
export function stepIds({ steps }: Played, context: BuildContext): string[] {
  let parent = ''
  return steps.map(({ instruction: { name, text } }) => {
    const files = name === 'COPY' || name === 'ADD' ? context.digest : ''
    parent = sha256(`${name === 'FROM' ? '' : parent} ${text} ${files}`)
    return parent
  })
}

interface NewImage {
  played: Played
  ids: string[]
  tags: string[]
}

/** Instructions that bring files, and so a layer of their own. */
const FILES = new Set(['FROM', 'RUN', 'COPY', 'ADD', 'WORKDIR'])

/** A layer holds one file, which says what it stands for. */
function layerOf(id: string, createdBy: string): Layer {
  const archive = tarOf(`layers/${id.slice(0, 12)}`, `${createdBy}\n`)
  const bytes = gzipSync(archive)
  return { digest: digestOf(bytes), diffId: digestOf(archive), bytes, createdBy }
}

export function storeImage(store: DockerStore, { played, ids, tags }: NewImage): LocalImage {
  const createdAt = store.steps.get(ids.at(-1) ?? '') ?? 0
  const layers = ids.flatMap((id, index) => {
    const { name = '', text = '' } = played.steps[index]?.instruction ?? {}
    return FILES.has(name) ? [layerOf(id, text)] : []
  })
  const configBytes = Buffer.from(JSON.stringify(configFile(played, layers, createdAt)))
  const id = digestOf(configBytes)
  const { config, sizeBytes } = played
  const image = store.images.get(id) ?? { id, tags: [], config, configBytes, layers, createdAt, sizeBytes }
  store.images.set(id, image)
  for (const tag of tags) tagImage(store, image, withTag(tag))
  return image
}

/** The configuration of the image, whose digest is its id (OCI image specification). */
const configFile = ({ config }: Played, layers: Layer[], createdAt: number) => ({
  architecture: 'amd64',
  os: 'linux',
  created: new Date(createdAt).toISOString(),
  docker_version: '20.10.12',
  config,
  rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
  history: layers.map(({ createdBy }) => ({ created: new Date(createdAt).toISOString(), created_by: createdBy })),
})
