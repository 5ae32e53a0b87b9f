import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { type Dockerfile, DockerfileError, type Instruction, readDockerfile } from '../../builders/dockerfile.ts'
import { type Played, playDockerfile } from '../../builders/play.ts'
import { failureOf } from '../../builders/step-failure.ts'
import { buildArguments } from './build-arguments.ts'
import { failed } from './build-failure.ts'
import type { Deployment } from './deployment.ts'

export interface Build {
  deployment: Deployment
  /** Of the Dockerfile. */
  text: string
  path: string
}

/** What building it would do here, without a builder: files are looked for in the folder that would be sent. */
export function playBuild({ deployment, text }: Build): Played & { dockerfile: Dockerfile } {
  const { context, faults, workingDir } = deployment
  try {
    const dockerfile = readDockerfile(text)
    const last = lastProgram(dockerfile)
    const played = playDockerfile({
      dockerfile,
      args: buildArguments(deployment),
      target: context.flags.text('build-target'),
      hasFile: (source) => isThere(workingDir, source),
      hasImage: () => true,
      breaks: (step) => (step.fails || (faults.has('build-fails') && step === last) ? failureOf(step) : undefined),
    })
    return { ...played, dockerfile }
  } catch (error) {
    throw error instanceof DockerfileError ? failed(`error building: failed to solve: ${error.message}`) : error
  }
}

function isThere(folder: string, source: string): boolean {
  const path = source.replace(/^\/+/, '')
  return /[*?[]/.test(path) ? globSync(path, { cwd: folder }).length > 0 : existsSync(join(folder, path))
}

/** What fails when a failure is asked for without saying where. */
function lastProgram({ stages }: Dockerfile): Instruction | undefined {
  const all = stages.flatMap(({ instructions }) => instructions)
  return all.find(({ fails }) => fails) ?? all.findLast(({ name }) => name === 'RUN') ?? all.at(-1)
}
