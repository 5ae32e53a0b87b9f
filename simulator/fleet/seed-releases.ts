import { tagged } from '../registry/images.ts'
import { makeImage } from '../registry/make-image.ts'
import { OWN } from '../registry/reference.ts'
import { writeSecrets } from '../secrets/secrets.ts'
import { ulid } from '../world/ids.ts'
import type { Random } from '../world/random.ts'
import type { App, Image } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { seedAddresses } from './seed-addresses.ts'
import type { MachineSpec } from './specs.ts'

const DAY = 24 * 3_600_000
const HISTORY = 5

/** The repository an app runs: one-user apps share the image of the workspaces. */
export const repositoryOf = (spec: MachineSpec) => (spec.role === 'workspace' ? 'acme-workspaces' : spec.app)

/** Images of a repository, newest first; made once, at the first app that uses it. */
function imagesOf(world: World, random: Random, spec: MachineSpec): Image[] {
  const repository = repositoryOf(spec)
  const known = tagged(world, repository)
  if (known.length > 0) return known
  return Array.from({ length: HISTORY }, (_, age) => {
    const createdAt = world.startedAt - (age * 6 + 1) * DAY - random.int(0, DAY / 2)
    // One app lives on a moving tag; only its newest image still carries it.
    const moving = spec.role === 'docs' && age === 0
    const image = {
      registry: OWN,
      repository,
      tag: moving ? 'latest' : `deployment-${ulid(random, createdAt)}`,
      build: random.hex(64),
      sizeBytes: random.int(60, 900) * 1_000_000,
      createdAt,
    }
    const { digest } = makeImage(world, image)
    return { ...image, digest }
  })
}

/** Releases newest first; the one before last of the API failed. */
export function seedReleases(world: World, random: Random, { app, spec }: { app: App; spec: MachineSpec }): void {
  const images = imagesOf(world, random, spec)
  app.releases = images.map((image, age) => {
    const failed = app.name === 'acme-api' && age === 1
    return {
      id: `rel_${random.text('0123456789abcdefghjkmnpqrstvwxyz', 16)}`,
      version: images.length - age,
      status: failed ? 'failed' : 'complete',
      strategy: 'rolling',
      imageRef: `registry.fly.io/${image.repository}:${image.tag}`,
      description: 'Deploy image',
      reason: 'deploy',
      user: 'usr_1001@hangar.example',
      createdAt: image.createdAt + random.int(30, 300) * 1000,
      updatedAt: image.createdAt + 300_000,
      definition: null,
    }
  })
  seedAddresses(world, random, app)
  for (const name of ['DATABASE_URL', 'SESSION_KEY']) writeSecrets(world, app, { [name]: random.hex(16) })
  for (const secret of app.secrets.values()) secret.createdAt = secret.updatedAt = app.createdAt
}
