import { basename } from 'node:path'
import type { Instruction, Stage } from '../../builders/dockerfile.ts'
import type { Step } from '../../builders/play.ts'
import { buildKitWords } from '../../builders/step-failure.ts'
import { failed } from './build-failure.ts'
import { type Build, playBuild } from './build-steps.ts'
import { countFiles } from './context-files.ts'
import { pushes, pushImage } from './registry.ts'

/** Instructions BuildKit shows as steps; ENV, EXPOSE, CMD and their like only change the image's config. */
const SHOWN = new Set(['FROM', 'RUN', 'COPY', 'ADD', 'WORKDIR'])

/** What flyctl prints while Depot builds: BuildKit's plain progress, all on stderr. Returns the size in bytes. */
export async function remoteBuild(build: Build): Promise<number> {
  const { deployment, text, path } = build
  const { stderr, pause } = deployment.context
  stderr('Waiting for depot builder...')
  await pause(1_800)
  stderr('==> Building image with Depot')
  stderr(`--> build:  (\u200bhttps://depot.dev/orgs/simulated/projects/${deployment.app}/builds/${deployment.label})`)
  stderr(`#1 [internal] load build definition from ${basename(path)}`)
  stderr(`#1 transferring dockerfile: ${text.length}B done`)
  stderr('#1 DONE 0.1s')
  stderr('#2 [internal] load .dockerignore')
  stderr('#2 DONE 0.1s')
  stderr('#3 [internal] load build context')
  stderr(`#3 transferring context: ${await countFiles(deployment.workingDir)} files done`)
  stderr('#3 DONE 0.2s')
  await pause(600)
  const { dockerfile, steps, sizeBytes } = playBuild(build)
  const places = placesOf(dockerfile.stages)
  const shown = steps.filter(({ instruction, failure }) => SHOWN.has(instruction.name) || failure !== undefined)
  for (const [index, step] of shown.entries())
    await buildStep(build, { step, number: index + 4, place: places.get(step.instruction) ?? step.stage })
  await exportImage(build, shown.length + 4)
  return sizeBytes
}

/** `build 2/5`, as BuildKit counts the steps of a stage. */
function placesOf(stages: readonly Stage[]): Map<Instruction, string> {
  return new Map(
    stages.flatMap(({ alias, instructions }, at) => {
      const shown = instructions.filter(({ name }) => SHOWN.has(name))
      return shown.map((step, index): [Instruction, string] => [
        step,
        `${alias || `stage-${at}`} ${index + 1}/${shown.length}`,
      ])
    }),
  )
}

interface ShownStep {
  step: Step
  number: number
  place: string
}

async function buildStep(build: Build, { step, number, place }: ShownStep): Promise<void> {
  const { stderr, pause } = build.deployment.context
  const label = `[${place}] ${step.instruction.text}`
  stderr(`#${number} ${label}`)
  const { output, takesMs: took } = step
  for (const [index, line] of output.entries()) {
    await pause(took / (output.length + 1))
    stderr(`#${number} ${(((index + 1) * took) / (output.length + 1) / 1000).toFixed(3)} ${line}`)
  }
  await pause(took / (output.length + 1))
  if (step.failure === undefined) {
    stderr(`#${number} DONE ${(took / 1000).toFixed(1)}s`)
    return
  }
  const failure = buildKitWords(step.failure)
  stderr(`#${number} ERROR: ${failure}`)
  for (const line of ['------', ` > ${label}:`, ...output, '------']) stderr(line)
  throw failed(`error building: failed to solve: ${failure}`)
}

async function exportImage({ deployment }: Build, number: number): Promise<void> {
  const { stderr, pause } = deployment.context
  stderr(`#${number} exporting to image`)
  await pause(1_200)
  stderr(`#${number} exporting layers 1.1s done`)
  if (pushes(deployment)) {
    stderr(`#${number} pushing layers`)
    await pause(3_000)
    const digest = await pushImage(deployment)
    stderr(`#${number} pushing layers 2.9s done`)
    stderr(`#${number} pushing manifest for ${deployment.tag}@${digest}`)
    await pause(600)
    stderr(`#${number} pushing manifest for ${deployment.tag}@${digest} 0.6s done`)
  }
  stderr(`#${number} DONE 4.7s`)
  stderr('--> Build Summary:  (\u200bhttps://depot.dev)')
  stderr('\u001b[32m--> Building image done\u001b[0m')
}
