import { failed } from './build-failure.ts'
import { pushes, pushImage } from './registry.ts'
import { type Build, imageSizeMb, stepFailure, stepOutput, stepTime } from './steps.ts'

/** What flyctl prints while a Docker daemon builds the classic way. Returns the size in MB. */
export async function dockerBuild(build: Build): Promise<number> {
  const { deployment, steps } = build
  const { stderr, pause } = deployment.context
  stderr('==> Creating build context')
  await pause(400)
  stderr('--> Creating build context done')
  stderr('==> Building image with Docker')
  stderr('--> docker host: 20.10.12 linux x86_64')
  for (const [index, step] of steps.entries()) {
    stderr(`Step ${index + 1}/${steps.length} : ${step.text}`)
    await pause(stepTime(step))
    const failure = stepFailure(step, build)
    if (failure !== undefined) throw failed(`error building: ${failure}`)
    for (const line of stepOutput(step)) stderr(line)
    stderr(` ---> ${(index * 2654435761 + 0x1b2c3d4e).toString(16).slice(-12)}`)
  }
  stderr('\u001b[32m--> Building image done\u001b[0m')
  if (pushes(deployment)) await push(build)
  return imageSizeMb(steps)
}

async function push({ deployment }: Build): Promise<void> {
  const { stderr, pause } = deployment.context
  stderr('==> Pushing image to fly')
  stderr(`The push refers to repository [${deployment.tag.slice(0, deployment.tag.lastIndexOf(':'))}]`)
  stderr('5f70bf18a086: Layer already exists')
  await pause(2_500)
  const digest = await pushImage(deployment)
  stderr('c2a1d88b04f1: Pushed')
  stderr(`${deployment.label}: digest: ${digest} size: 2416`)
  stderr('\u001b[32m--> Pushing image done\u001b[0m')
}
