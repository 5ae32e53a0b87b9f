import { putBlob, putManifest, repositoryOf } from '../registry/store.ts'
import type { World } from '../world/world.ts'
import type { LocalImage } from './local-images.ts'

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'
const CONFIG = 'application/vnd.docker.container.image.v1+json'
const LAYER = 'application/vnd.docker.image.rootfs.diff.tar.gzip'

interface Publication {
  image: LocalImage
  app: string
  tag: string
}

/** Puts an image into the platform's registry, byte for byte. Returns its digest and the size of its manifest. */
export function publishImage(world: World, { image, app, tag }: Publication): { digest: string; size: number } {
  const repository = repositoryOf(world, app)
  const blob = (mediaType: string, bytes: Buffer) => ({
    mediaType,
    size: bytes.length,
    digest: putBlob(world, repository, bytes),
  })
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: blob(CONFIG, image.configBytes),
    layers: image.layers.map(({ bytes }) => blob(LAYER, bytes)),
  }
  const bytes = Buffer.from(JSON.stringify(manifest, null, 3))
  const made = { sizeBytes: image.sizeBytes, pushedAt: world.clock.now() }
  const { digest } = putManifest(world, app, { tag, mediaType: MANIFEST, bytes, ...made })
  world.effects.add({ kind: 'image', id: `${app}@${digest}`, change: 'pushed', to: tag })
  return { digest, size: bytes.length }
}
