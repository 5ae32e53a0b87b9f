import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Deployment } from './deployment.ts'
import { copiedFiles, type DockerStep } from './dockerfile.ts'

export interface Build {
  deployment: Deployment
  steps: readonly DockerStep[]
  dockerfileName: string
}

/** Why a step fails, as BuildKit words it; undefined = it works. */
export function stepFailure(step: DockerStep, { deployment, steps }: Build): string | undefined {
  const missing = copiedFiles(step).find((file) => !existsSync(join(deployment.workingDir, file)))
  if (missing !== undefined) {
    const path = `/${missing.replace(/^(\.?\/)+/, '')}`
    return `failed to compute cache key: failed to calculate checksum of ref: "${path}": not found`
  }
  if (!deployment.faults.has('build-fails') || step !== failingStep(steps)) return undefined
  return `process "/bin/sh -c ${step.text.replace(/^RUN\s+/i, '')}" did not complete successfully: exit code: 1`
}

/** The step after the marker, else the last RUN, else the last one. */
const failingStep = (steps: readonly DockerStep[]): DockerStep | undefined =>
  steps.find(({ fails }) => fails) ?? steps.findLast(({ instruction }) => instruction === 'RUN') ?? steps.at(-1)

/** What a program of that kind prints while it works. */
export function stepOutput({ instruction, text }: DockerStep): string[] {
  if (instruction !== 'RUN') return []
  if (/npm (ci|install)/.test(text))
    return ['added 312 packages, and audited 313 packages in 9s', 'found 0 vulnerabilities']
  if (/(npm|pnpm|yarn) run build|vite build|tsc/.test(text)) {
    return ['> build', '> tsc -b && vite build', '✓ 418 modules transformed.', '✓ built in 6.81s']
  }
  if (/apt-get|apk /.test(text)) return ['Reading package lists...', 'Setting up ca-certificates ...']
  if (/pip install|uv sync/.test(text)) return ['Collecting packages', 'Successfully installed']
  return []
}

/** Milliseconds the real thing might take. */
export function stepTime({ instruction }: DockerStep): number {
  if (instruction === 'RUN') return 4_000
  return instruction === 'FROM' ? 1_200 : 250
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

/** A size that stays the same for the same Dockerfile. */
export const imageSizeMb = (steps: readonly DockerStep[]): number =>
  45 + (steps.map(({ text }) => text.length).reduce((sum, length) => sum + length * 7, 0) % 190)
