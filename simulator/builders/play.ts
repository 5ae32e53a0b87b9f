import { type Dockerfile, DockerfileError, execForm, type Instruction, type Stage, withoutFlags } from './dockerfile.ts'
import { baseConfig, configAfter, type ImageConfig } from './image-config.ts'
import type { StepFailure } from './step-failure.ts'
import { stepOutput, stepTime } from './step-output.ts'
import { expand, readPairs } from './variables.ts'

export interface Recipe {
  dockerfile: Dockerfile
  args: Readonly<Record<string, string>>
  /** Stage to stop at; the last one when absent. */
  target?: string | undefined
  /** Whether the build context has a file, a folder, or anything a pattern means. */
  hasFile: (source: string) => boolean
  /** Whether an image can be pulled. */
  hasImage: (image: string) => boolean
  /** A failure that was asked for. `number` counts all instructions from 1. */
  breaks: (instruction: Instruction, number: number) => StepFailure | undefined
}

export interface Step {
  instruction: Instruction
  /** BuildKit's name for its stage: its alias, else `stage-1`. */
  stage: string
  /** What the program of a RUN prints. */
  output: string[]
  /** Milliseconds the real thing might take. */
  takesMs: number
  failure?: StepFailure
}

export interface Played {
  /** All steps, or those up to the first that fails. */
  steps: Step[]
  /** Instructions there are altogether. */
  total: number
  config: ImageConfig
  /** The same for the same Dockerfile. */
  sizeBytes: number
}

/** Plays a Dockerfile without a container: what it would copy is looked for, what it would run is taken to work. */
export function playDockerfile(recipe: Recipe): Played {
  const stages = stagesFor(recipe)
  const globals = new Map(recipe.dockerfile.globals.flatMap((arg) => readArg(arg, recipe, new Map())))
  const total =
    recipe.dockerfile.globals.length + stages.reduce((sum, { instructions }) => sum + instructions.length, 0)
  const configs: ImageConfig[] = []
  const steps: Step[] = []
  for (const [index, stage] of stages.entries()) {
    const player = openStage({ recipe, stages: stages.slice(0, index), configs, globals, stage })
    for (const instruction of stage.instructions) {
      const failure = player.play(instruction) ?? recipe.breaks(instruction, steps.length + 1)
      steps.push(stepOf({ instruction, stage: stage.alias || `stage-${index}`, failure }))
      if (failure) return { steps, total, config: player.config(), sizeBytes: 0 }
    }
    configs.push(player.config())
  }
  return { steps, total, config: configs.at(-1) ?? baseConfig(), sizeBytes: sizeOf(steps) }
}

interface TakenStep {
  instruction: Instruction
  stage: string
  failure: StepFailure | undefined
}

function stepOf({ instruction, stage, failure }: TakenStep): Step {
  const broken = ['npm error code ELIFECYCLE', 'npm error errno 1']
  const output = failure?.kind === 'exit' ? broken : stepOutput(instruction)
  return { instruction, stage, output, takesMs: stepTime(instruction), ...(failure && { failure }) }
}

function stagesFor({ dockerfile: { stages }, target }: Recipe): Stage[] {
  if (target === undefined || target === '') return stages
  const at = stages.findIndex(({ alias }, index) => alias === target.toLowerCase() || String(index) === target)
  if (at < 0) throw new DockerfileError(`target stage "${target}" could not be found`)
  return stages.slice(0, at + 1)
}

interface OpenStage {
  recipe: Recipe
  /** Those before it. */
  stages: Stage[]
  configs: ImageConfig[]
  globals: ReadonlyMap<string, string>
  stage: Stage
}

function openStage({ recipe, stages, configs, globals, stage }: OpenStage) {
  const base = expand(stage.base, globals)
  const inherited = stages.findIndex(({ alias }) => alias !== '' && alias === base.toLowerCase())
  let config = configs[inherited] ?? baseConfig()
  const args = new Map<string, string>()
  const variables = () => new Map([...args, ...config.Env.map(splitEnv)])

  function fromFailure(): StepFailure | undefined {
    const there = base === 'scratch' || inherited >= 0 || recipe.hasImage(base)
    return there ? undefined : { kind: 'no-image', image: base }
  }

  function play(instruction: Instruction): StepFailure | undefined {
    const { name, rest } = instruction
    if (name === 'FROM') return fromFailure()
    if (name === 'COPY' || name === 'ADD') return copyFailure({ verb: name, rest: expand(rest, variables()) })
    if (name === 'ARG') for (const [key, value] of readArg(instruction, recipe, globals)) args.set(key, value)
    config = configAfter(config, instruction, variables())
    return undefined
  }

  function copyFailure({ verb, rest }: { verb: string; rest: string }): StepFailure | undefined {
    const from = /--from=(\S+)/.exec(rest)?.[1]
    if (from !== undefined) return hasStage(from) ? undefined : { kind: 'no-stage', name: from }
    const words = execForm(rest.replace(/^(--\S+\s+)+/, '')) ?? withoutFlags(rest)
    const sources = words.slice(0, -1).filter((word) => !/^https?:|^git@|^<</.test(word))
    const source = sources.find((word) => !recipe.hasFile(word))
    return source === undefined ? undefined : { kind: 'missing', verb, source }
  }

  /** A stage before this one by name or number, or an image: one whose name says where it is from, or a well-known one. */
  function hasStage(from: string): boolean {
    if (stages.some(({ alias }, index) => alias === from.toLowerCase() || String(index) === from)) return true
    return (/[/:@.]/.test(from) || OFFICIAL.test(from)) && recipe.hasImage(from)
  }

  return { play, config: () => config }
}

const OFFICIAL =
  /^(alpine|busybox|debian|ubuntu|node|python|golang|rust|ruby|php|nginx|caddy|composer|docker|postgres|redis)$/

/** An ARG has what was given, else its own default, else that of the same ARG before the first FROM. */
function readArg({ rest }: Instruction, { args }: Recipe, globals: ReadonlyMap<string, string>): [string, string][] {
  return readPairs(rest).flatMap(([name, otherwise]) => {
    const value = args[name] ?? (otherwise === '' ? globals.get(name) : expand(otherwise, globals))
    return value === undefined ? [] : [[name, value] satisfies [string, string]]
  })
}

function splitEnv(entry: string): [string, string] {
  const at = entry.indexOf('=')
  return [entry.slice(0, at), entry.slice(at + 1)]
}

const MEGABYTE = 1_000_000

const sizeOf = (steps: readonly Step[]): number =>
  (45 + (steps.reduce((sum, { instruction: { text } }) => sum + text.length * 7, 0) % 190)) * MEGABYTE
