export interface DockerStep {
  /** `build`, `stage-1`, as BuildKit names them. */
  stage: string
  /** Place within its stage, from 1. */
  index: number
  total: number
  instruction: string
  /** The whole instruction on one line. */
  text: string
  /** A `# simulate: build-fails` stands right before it. */
  fails: boolean
}

const MARKER = /^#\s*simulate:\s*build-fails\b/i
/** Instructions BuildKit shows as steps; ENV, EXPOSE, CMD and their like only change the image's config. */
const SHOWN = new Set(['FROM', 'RUN', 'COPY', 'ADD', 'WORKDIR'])

/** The steps a build of this Dockerfile shows, in order. */
export function dockerSteps(dockerfile: string): DockerStep[] {
  const found: { stage: number; name: string | undefined; text: string; instruction: string; fails: boolean }[] = []
  let stage = -1
  let name: string | undefined
  for (const { text, fails } of instructions(dockerfile)) {
    const instruction = text.split(/\s/)[0]?.toUpperCase() ?? ''
    if (!SHOWN.has(instruction)) continue
    if (instruction === 'FROM') {
      stage += 1
      name = /\sAS\s+([\w.-]+)/i.exec(text)?.[1]
    }
    found.push({ stage, name, text, instruction, fails })
  }
  return found.map((step, at) => {
    const mates = found.filter(({ stage: other }) => other === step.stage)
    const before = found.slice(0, at).filter(({ stage: other }) => other === step.stage)
    return {
      stage: step.name ?? `stage-${step.stage}`,
      index: before.length + 1,
      total: mates.length,
      instruction: step.instruction,
      text: step.text,
      fails: step.fails,
    }
  })
}

function instructions(dockerfile: string): { text: string; fails: boolean }[] {
  const result: { text: string; fails: boolean }[] = []
  let open = ''
  let fails = false
  for (const line of dockerfile.split(/\r?\n/).map((raw) => raw.trim())) {
    if (MARKER.test(line)) fails = true
    if (line === '' || line.startsWith('#')) continue
    open = open === '' ? line : `${open} ${line}`
    if (open.endsWith('\\')) {
      open = open.slice(0, -1).trimEnd()
      continue
    }
    result.push({ text: open, fails })
    open = ''
    fails = false
  }
  return result
}

/** Files a COPY or ADD takes from the build context; those of another stage, patterns and URLs are not looked for. */
export function copiedFiles({ instruction, text }: Pick<DockerStep, 'instruction' | 'text'>): string[] {
  if ((instruction !== 'COPY' && instruction !== 'ADD') || /--from=/.test(text) || text.includes('[')) return []
  const words = text
    .split(/\s+/)
    .slice(1)
    .filter((word) => !word.startsWith('--'))
  return words.slice(0, -1).filter((word) => !/[*?$]|^https?:|^<</.test(word))
}
