import type { World } from '../world/world.ts'
import { digestOf, OCI_INDEX, OCI_MANIFEST } from './content.ts'
import { gzipOf } from './gzip.ts'
import { type Manifest, putBlob, putManifest, repositoryOf } from './store.ts'
import { tarOf } from './tar.ts'

export interface MadeUp {
  repository: string
  tag: string
  createdAt: number
  /** Tells one build from the next. */
  build: string
  /** What it would weigh, were its layers real. */
  sizeBytes: number
  labels?: Record<string, string>
}

const OCI_LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip'
const OCI_CONFIG = 'application/vnd.oci.image.config.v1+json'
const IN_TOTO = 'application/vnd.in-toto+json'
const UNKNOWN = { architecture: 'unknown', os: 'unknown' }
const PLATFORMS = [
  { architecture: 'amd64', os: 'linux' },
  { architecture: 'arm64', os: 'linux', variant: 'v8' },
]

/** What every image of the demo begins with. */
const BASE = tarOf('etc/os-release', 'NAME="Debian GNU/Linux"\nVERSION_ID="13"\n')

const json = (value: unknown) => Buffer.from(JSON.stringify(value))

/**
 * A whole image as BuildKit pushes one: an index with two platforms and the attestation of the first, their
 * configurations and layers. Everything can be pulled, and its digests are true; the layers hold a file each.
 */
export function makeImage(world: World, image: MadeUp): Manifest {
  const repository = repositoryOf(world, image.repository)
  const made = { sizeBytes: image.sizeBytes, pushedAt: image.createdAt }
  const blob = (mediaType: string, bytes: Buffer) => ({
    mediaType,
    digest: putBlob(world, repository, bytes),
    size: bytes.length,
  })
  const manifest = (config: unknown, layers: { digest: string }[]) => {
    const bytes = json({
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config: blob(OCI_CONFIG, json(config)),
      layers,
    })
    const { digest } = putManifest(world, image.repository, { mediaType: OCI_MANIFEST, bytes, ...made })
    return { mediaType: OCI_MANIFEST, digest, size: bytes.length }
  }
  const archives = [BASE, tarOf('app/BUILD', `${image.tag} ${image.build}\n`)]
  const layers = archives.map((archive) => blob(OCI_LAYER, gzipOf(archive)))
  const config = configOf(image, archives.map(digestOf))
  const platforms = PLATFORMS.map((platform) => ({
    ...manifest({ ...platform, ...config }, layers),
    platform,
  }))
  const statement = { _type: 'https://in-toto.io/Statement/v0.1', predicateType: 'https://slsa.dev/provenance/v0.2' }
  const proof = blob(IN_TOTO, json({ ...statement, subject: [{ name: image.repository }] }))
  const attestation = {
    ...manifest({ ...UNKNOWN, config: {}, rootfs: { type: 'layers', diff_ids: [proof.digest] } }, [proof]),
    annotations: {
      'vnd.docker.reference.digest': platforms[0]?.digest,
      'vnd.docker.reference.type': 'attestation-manifest',
    },
    platform: UNKNOWN,
  }
  const bytes = json({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [...platforms, attestation] })
  return putManifest(world, image.repository, { tag: image.tag, mediaType: OCI_INDEX, bytes, ...made })
}

/** What the image is, whatever the platform; its layers are named by what is in their packing. */
const configOf = ({ createdAt, labels = {} }: MadeUp, layers: string[]) => ({
  created: new Date(createdAt).toISOString(),
  config: {
    User: 'node',
    ExposedPorts: { '8080/tcp': {} },
    Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'NODE_ENV=production'],
    Cmd: ['node', 'server.js'],
    WorkingDir: '/app',
    Labels: labels,
  },
  rootfs: { type: 'layers', diff_ids: layers },
  history: layers.map(() => ({ created: new Date(createdAt).toISOString(), created_by: 'COPY . . # buildkit' })),
})
