import { field, reason, text } from '../api.ts'
import { FlyctlError } from '../failure.ts'
import type { Image } from './build.ts'
import type { Deployment } from './deployment.ts'

export interface Release {
  id: string
  version: number
}

export async function createRelease({ context, app, config, strategy }: Deployment, image: Image): Promise<Release> {
  const answer = await context.api.ask({
    service: 'uiex',
    method: 'POST',
    path: '/api/v1/releases',
    body: {
      app_name: app,
      build_id: image.buildId === undefined ? 0 : Number(image.buildId),
      definition: config,
      image: image.ref,
      strategy: strategy.toUpperCase(),
    },
  })
  const release = field(answer.body, 'release')
  const version = field(release, 'version')
  if (answer.status >= 300 || typeof version !== 'number')
    throw new FlyctlError(`failed to create a release: ${reason(answer)}`)
  return { id: text(release, 'id') ?? String(field(release, 'id')), version }
}

export type ReleaseStatus = 'running' | 'complete' | 'failed' | 'interrupted'

/** A status that cannot be written is not worth the deploy. `interrupted` has one second (flyctl). */
export async function markRelease({ context }: Deployment, { id }: Release, status: ReleaseStatus): Promise<void> {
  const api = status === 'interrupted' ? context.apiFor(AbortSignal.timeout(1_000)) : context.api
  const request = { service: 'uiex', method: 'PATCH', path: `/api/v1/releases/${id}`, body: { status } } as const
  try {
    await api.ask(request)
  } catch (error) {
    if (status !== 'interrupted') throw error
  }
}
