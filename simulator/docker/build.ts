import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import { takeBuildFault } from '../builders/build-faults.ts'
import { type Dockerfile, DockerfileError, type Instruction, readDockerfile } from '../builders/dockerfile.ts'
import { type Played, playDockerfile, type Step } from '../builders/play.ts'
import { classicWords, failureOf, type StepFailure } from '../builders/step-failure.ts'
import { findImage } from '../registry/images.ts'
import { isOwn, readReference } from '../registry/reference.ts'
import type { World } from '../world/world.ts'
import { type BuildContext, contextHas, readBuildContext } from './build-context.ts'
import { ConnectionCut, DockerError, errorLine, type Message } from './docker-error.ts'
import { stepIds, storeImage } from './layers.ts'
import type { DockerStore } from './local-images.ts'
import { pause } from './pause.ts'

const Json = z.string().transform((text): unknown => JSON.parse(text))
const Texts = Json.pipe(z.record(z.string(), z.string().nullable())).catch({})

/** Query of `POST /build` (Docker Engine API). */
export const BuildQuery = z.looseObject({
  t: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((tags) => [tags].flat()),
  dockerfile: z
    .string()
    .default('Dockerfile')
    .transform((name) => name || 'Dockerfile'),
  buildargs: Texts.default({}),
  labels: Texts.default({}),
  target: z.string().optional(),
  platform: z.string().optional(),
  nocache: z.string().optional(),
  q: z.string().optional(),
})
export type BuildQuery = z.infer<typeof BuildQuery>

interface Build {
  world: World
  store: DockerStore
  query: BuildQuery
  signal: AbortSignal
}

/** Builds the classic way. Refuses at once what is no build at all; everything later is told in the stream. */
export async function startBuild(build: Build, body: Readable): Promise<AsyncGenerator<Message>> {
  const context = await receive(build, body)
  const dockerfile = readRecipe(build, context)
  return run(build, { context, dockerfile })
}

async function receive({ world, query }: Build, body: Readable): Promise<BuildContext> {
  const fault = takeBuildFault(world, 'context')
  if (fault === 'cut') throw new ConnectionCut()
  try {
    const context = await readBuildContext(body, query.dockerfile)
    if (fault === 'no-space')
      throw new DockerError(
        500,
        'Error processing tar file(exit status 1): write /package-lock.json: no space left on device',
      )
    if (fault === undefined || fault === 'slow') return context
  } catch (error) {
    if (error instanceof DockerError) throw error
    // A broken archive is told in the same words as the fault that stands for one.
  }
  throw new DockerError(500, 'Error processing tar file(exit status 1): unexpected EOF')
}

function readRecipe({ world, query }: Build, context: BuildContext): Dockerfile {
  if (context.dockerfile === undefined)
    throw new DockerError(500, `Cannot locate specified Dockerfile: ${query.dockerfile}`)
  if (context.dockerfile.trim() === '')
    throw new DockerError(500, `the Dockerfile (${query.dockerfile}) cannot be empty`)
  if (takeBuildFault(world, 'dockerfile') !== undefined)
    throw new DockerError(400, 'dockerfile parse error line 1: unknown instruction: FORM')
  try {
    return readDockerfile(context.dockerfile)
  } catch (error) {
    throw error instanceof DockerfileError ? new DockerError(400, error.message) : error
  }
}

/** How much longer a slow step takes. */
export const SLOW = 20

interface Received {
  context: BuildContext
  dockerfile: Dockerfile
}

/** What a build does, and which of its steps drag. */
interface Plan extends Played {
  slow: ReadonlySet<Instruction>
}

function play({ world, query }: Build, { context, dockerfile }: Received): Plan {
  const args = Object.fromEntries(Object.entries(query.buildargs).map(([name, value]) => [name, value ?? '']))
  const slow = new Set<Instruction>()
  const played = playDockerfile({
    ...{ dockerfile, args, target: query.target },
    hasFile: (source) => contextHas(context, source),
    hasImage: (image) => canPull(world, image),
    breaks: (instruction, number) => brokenStep(world, instruction, { number, slow }),
  })
  const asked = dockerfile.markers.filter((marker) => marker !== 'build-fails')
  const labels = { ...query.labels, ...(asked.length > 0 && { simulate: asked.join(',') }) }
  const texts = Object.entries(labels).map(([name, value]) => [name, value ?? ''])
  const Labels = { ...played.config.Labels, ...Object.fromEntries(texts) }
  return { ...played, slow, config: { ...played.config, Labels } }
}

/** Images of the platform's own registry have to be there; of the others nothing is known. */
function canPull(world: World, image: string): boolean {
  const reference = readReference(image)
  return reference !== undefined && (!isOwn(reference.registry) || findImage(world, reference) !== undefined)
}

/** What a `# simulate: build-fails` or the control port asks of a step. */
function brokenStep(
  world: World,
  instruction: Instruction,
  { number, slow }: { number: number; slow: Set<Instruction> },
): StepFailure | undefined {
  const fault = instruction.fails ? 'fails' : takeBuildFault(world, number, stepKind(instruction.name))
  if (fault === 'cut' || fault === 'no-space') return { kind: fault }
  if (fault === 'slow') slow.add(instruction)
  return fault === undefined || fault === 'slow' ? undefined : failureOf(instruction)
}

const stepKind = (name: string) => {
  if (name === 'FROM') return 'from'
  return name === 'COPY' || name === 'ADD' ? 'copy' : 'run'
}

async function* run(build: Build, received: Received): AsyncGenerator<Message> {
  const { world, store, query } = build
  const played = play(build, received)
  const ids = stepIds(played, received.context)
  for (const [index, step] of played.steps.entries()) {
    yield { stream: `Step ${index + 1}/${played.total} : ${step.instruction.text}` }
    yield { stream: '\n' }
    const id = ids[index] ?? ''
    yield* takeStep(build, { step, id, factor: played.slow.has(step.instruction) ? SLOW : 1 })
    if (step.failure?.kind === 'cut') throw new ConnectionCut()
    if (step.failure) return yield errorLine(classicWords(step.failure), exitCodeOf(step.failure))
    yield { stream: ` ---> ${id.slice(0, 12)}\n` }
  }
  const why = exportFailure(world)
  if (why !== undefined) return yield errorLine(why)
  const image = storeImage(store, { played, ids, tags: query.t })
  yield { aux: { ID: image.id } }
  yield { stream: `Successfully built ${image.id.slice(7, 19)}\n` }
  for (const tag of query.t) yield { stream: `Successfully tagged ${tag}\n` }
}

async function* takeStep(
  { world, store, query, signal }: Build,
  { step, id, factor }: { step: Step; id: string; factor: number },
): AsyncGenerator<Message> {
  if (store.steps.has(id) && query.nocache !== '1' && !step.failure) {
    if (step.instruction.name !== 'FROM') yield { stream: ' ---> Using cache\n' }
    return
  }
  await pause(world, step.takesMs * factor, signal)
  yield* doStep(step, id)
  if (!step.failure && !store.steps.has(id)) store.steps.set(id, world.clock.now())
}

function exportFailure(world: World): string | undefined {
  const fault = takeBuildFault(world, 'export')
  if (fault === 'cut') throw new ConnectionCut()
  if (fault === 'no-space') return classicWords({ kind: 'no-space' })
  return fault === 'fails' ? 'failed to export image: failed to create image: layer does not exist' : undefined
}

const exitCodeOf = (failed: StepFailure): number | undefined => (failed.kind === 'exit' ? failed.code : undefined)

function* doStep({ instruction: { name, rest }, output, failure }: Step, id: string): Generator<Message> {
  if (name === 'FROM' && failure === undefined && !rest.startsWith('scratch')) {
    const [image = ''] = rest.split(/\s/)
    yield { status: `Pulling from ${image.split(':')[0]}`, id: image.split(':')[1] ?? 'latest' }
    yield { status: `Status: Downloaded newer image for ${image}` }
  }
  if (name !== 'RUN') return
  const container = createHash('sha256').update(`container of ${id}`).digest('hex').slice(0, 12)
  yield { stream: ` ---> Running in ${container}\n` }
  for (const line of output) yield { stream: `${line}\n` }
  if (failure === undefined) yield { stream: `Removing intermediate container ${container}\n` }
}
