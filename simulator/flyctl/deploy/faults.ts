/** What a deploy can be asked to go wrong with, by `# simulate: <name>` in the Dockerfile or fly.toml, or SIMULATE. */
export const FAULTS = [
  'build-fails',
  'builder-unavailable',
  'push-denied',
  'release-command-fails',
  'health-check-fails',
  'crash',
  'never-starts',
  'lease-held',
  'no-capacity',
  'unauthorized',
  'payment-method',
] as const
export type Fault = (typeof FAULTS)[number]

interface Sources {
  dockerfile: string
  toml: string
  env: Readonly<Record<string, string | undefined>>
}

export function readFaults({ dockerfile, toml, env }: Sources): ReadonlySet<Fault> {
  const marked = [...`${dockerfile}\n${toml}`.matchAll(/^\s*#\s*simulate:\s*([\w-]+)/gim)].map(([, name]) => name)
  const asked = (env.SIMULATE ?? '').split(',').map((name) => name.trim())
  return new Set(FAULTS.filter((fault) => marked.includes(fault) || asked.includes(fault)))
}

/** What the image itself is to do wrong: the platform reads it from the label, whoever deploys the image. */
const OF_THE_IMAGE: readonly Fault[] = [
  'crash',
  'never-starts',
  'health-check-fails',
  'release-command-fails',
  'no-capacity',
]

export function imageLabels(faults: ReadonlySet<Fault>): Record<string, string> {
  const asked = OF_THE_IMAGE.filter((fault) => faults.has(fault))
  return asked.length === 0 ? {} : { simulate: asked.join(',') }
}
