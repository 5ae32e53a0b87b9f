import { existsSync, globSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Dockerfile, DockerfileError, type Instruction, readDockerfile } from '../../builders/dockerfile.ts'
import { type Played, playDockerfile } from '../../builders/play.ts'
import { failureOf } from '../../builders/step-failure.ts'
import { buildArguments } from './build-arguments.ts'
import { failed } from './build-failure.ts'
import type { Deployment } from './deployment.ts'

export interface Build {
  deployment: Deployment
  dockerfile: Dockerfile
  /** Its text, and its name as it is shown. */
  text: string
  name: string
}

export function readSteps(text: string): Dockerfile {
  try {
    return readDockerfile(text)
  } catch (error) {
    throw error instanceof DockerfileError ? failed(`error building: failed to solve: ${error.message}`) : error
  }
}

/** What building it would do here, without a builder: files are looked for in the folder that would be sent. */
export function playBuild({ deployment: { context, faults, workingDir }, dockerfile }: Build): Played {
  const last = lastProgram(dockerfile)
  try {
    return playDockerfile({
      dockerfile,
      args: buildArguments(context.flags),
      target: context.flags.text('build-target'),
      hasFile: (source) => isThere(workingDir, source),
      hasImage: () => true,
      breaks: (step) => (step.fails || (faults.has('build-fails') && step === last) ? failureOf(step) : undefined),
    })
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

/** Number of files a builder would be sent; counting stops where it no longer matters. */
export async function contextFiles(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  let count = 0
  for (const entry of entries.filter(({ name }) => name !== '.git' && name !== 'node_modules')) {
    count += entry.isDirectory() ? await contextFiles(join(folder, entry.name)) : 1
    if (count > 2_000) return count
  }
  return count
}
