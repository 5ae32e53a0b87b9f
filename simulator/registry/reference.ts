const REFERENCE =
  /^(?:([\w.-]+(?:\.[\w.-]+|:\d+)|localhost(?::\d+)?)\/)?([a-z0-9][\w./-]*?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/

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
  return { registry, repository, tag: tag === '' && pinned === '' ? 'latest' : tag, digest: pinned }
}

/** Own images live under `registry.fly.io` or under the address of this simulator. */
export const isOwn = (registry: string) =>
  registry === 'registry.fly.io' || registry.startsWith('127.0.0.1') || registry.startsWith('localhost')
