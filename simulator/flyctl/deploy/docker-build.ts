import { classicWords } from '../../builders/step-failure.ts'
import { failed } from './build-failure.ts'
import { type Build, playBuild } from './build-steps.ts'
import { pushes, pushImage } from './registry.ts'

/** What flyctl prints while a Docker daemon builds the classic way. Returns the size in bytes. */
export async function dockerBuild(build: Build): Promise<number> {
  const { deployment } = build
  const { stderr, pause } = deployment.context
  stderr('==> Creating build context')
  await pause(400)
  stderr('--> Creating build context done')
  stderr('==> Building image with Docker')
  stderr('--> docker host: 20.10.12 linux x86_64')
  const { steps, total, sizeBytes } = playBuild(build)
  for (const [index, { instruction, output, takesMs, failure }] of steps.entries()) {
    stderr(`Step ${index + 1}/${total} : ${instruction.text}`)
    await pause(takesMs)
    if (failure !== undefined)
      throw failed(`error building: error rendering build status stream: ${classicWords(failure)}`)
    for (const line of output) stderr(line)
    stderr(` ---> ${(index * 2654435761 + 0x1b2c3d4e).toString(16).slice(-12)}`)
  }
  stderr('\u001b[32m--> Building image done\u001b[0m')
  if (pushes(deployment)) await push(build)
  return sizeBytes
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
