import { failed } from './build-failure.ts'
import type { DockerStep } from './dockerfile.ts'
import { pushes, pushImage } from './registry.ts'
import { type Build, contextFiles, imageSizeMb, stepFailure, stepOutput, stepTime } from './steps.ts'

/** What flyctl prints while Depot builds: BuildKit's plain progress, all on stderr. Returns the size in MB. */
export async function remoteBuild(build: Build): Promise<number> {
  const { deployment, steps, dockerfileName } = build
  const { stderr, pause } = deployment.context
  stderr('Waiting for depot builder...')
  await pause(1_800)
  stderr('==> Building image with Depot')
  stderr(`--> build:  (\u200bhttps://depot.dev/orgs/simulated/projects/${deployment.app}/builds/${deployment.label})`)
  stderr(`#1 [internal] load build definition from ${dockerfileName}`)
  stderr(
    `#1 transferring dockerfile: ${steps.map(({ text }) => text.length + 1).reduce((sum, size) => sum + size, 0)}B done`,
  )
  stderr('#1 DONE 0.1s')
  stderr('#2 [internal] load .dockerignore')
  stderr('#2 DONE 0.1s')
  stderr('#3 [internal] load build context')
  stderr(`#3 transferring context: ${await contextFiles(deployment.workingDir)} files done`)
  stderr('#3 DONE 0.2s')
  await pause(600)
  for (const [index, step] of steps.entries()) await buildStep(build, { step, number: index + 4 })
  return exportImage(build, steps.length + 4)
}

async function buildStep(build: Build, { step, number }: { step: DockerStep; number: number }): Promise<void> {
  const { stderr, pause } = build.deployment.context
  const label = `[${step.stage} ${step.index}/${step.total}] ${step.text}`
  stderr(`#${number} ${label}`)
  const failure = stepFailure(step, build)
  const output = failure === undefined ? stepOutput(step) : ['npm error code ELIFECYCLE', 'npm error errno 1']
  const took = stepTime(step)
  for (const [index, line] of output.entries()) {
    await pause(took / (output.length + 1))
    stderr(`#${number} ${(((index + 1) * took) / (output.length + 1) / 1000).toFixed(3)} ${line}`)
  }
  await pause(took / (output.length + 1))
  if (failure === undefined) {
    stderr(`#${number} DONE ${(took / 1000).toFixed(1)}s`)
    return
  }
  stderr(`#${number} ERROR: ${failure}`)
  for (const line of ['------', ` > ${label}:`, ...output, '------']) stderr(line)
  throw failed(`error building: failed to solve: ${failure}`)
}

async function exportImage({ deployment, steps }: Build, number: number): Promise<number> {
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
  return imageSizeMb(steps)
}
