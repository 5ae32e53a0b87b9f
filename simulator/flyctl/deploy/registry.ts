import { text } from '../api.ts'
import { FlyctlError } from '../failure.ts'
import type { Deployment } from './deployment.ts'
import { imageLabels } from './faults.ts'

/** Puts the built image into the simulator's registry, where a builder would have pushed it. Returns its digest. */
export async function pushImage({ context, app, label, tag, faults }: Deployment): Promise<string> {
  if (faults.has('push-denied')) throw denied(tag)
  const answer = await context.api.ask({
    ...{
      service: 'flaps',
      method: 'POST',
      path: '/_sim/images',
      body: { app, tag: label, labels: imageLabels(faults) },
    },
  })
  const digest = text(answer.body, 'digest')
  if (answer.status < 300 && digest !== undefined) return digest
  throw denied(tag)
}

const denied = (tag: string): FlyctlError =>
  new FlyctlError(`failed to fetch an image or build from source: you are not authorized to push "${tag}"`)

/** `--build-only` without `--push` leaves the image with the builder. */
export const pushes = ({ context: { flags } }: Deployment): boolean => !flags.on('build-only') || flags.on('push')
