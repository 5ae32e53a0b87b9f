const REFERENCE =
  /^(?:([\w.-]+(?:\.[\w.-]+|:\d+)|localhost(?::\d+)?)\/)?([a-z0-9][\w./-]*?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/

/** Where Docker Hub answers: what machines say of its images (Machines API docs). */
const DOCKER_HUB = 'registry-1.docker.io'

export interface Reference {
  registry: string
  repository: string
  tag: string
  digest: string
}

/** Splits `registry/repository:tag@digest`; undefined when it is none. A missing tag is `latest` unless a digest is there. */
export function readReference(text: string): Reference | undefined {
  const found = REFERENCE.exec(text)
  if (!found) return undefined
  const [, registry = 'docker.io', repository = '', tag = '', pinned = ''] = found
  const named = { tag: tag === '' && pinned === '' ? 'latest' : tag, digest: pinned }
  if (registry !== 'docker.io') return { registry, repository, ...named }
  // Docker Hub keeps its own images under a name that nobody writes.
  return { registry: DOCKER_HUB, repository: repository.includes('/') ? repository : `library/${repository}`, ...named }
}

export const OWN = 'registry.fly.io'

/** Own images live under `registry.fly.io` or under the address of this simulator. */
export const isOwn = (registry: string) =>
  registry === OWN || registry.startsWith('127.0.0.1') || registry.startsWith('localhost')
