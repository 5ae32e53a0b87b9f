import type { Deployment, DeployStepName } from '#shared/contracts/deploys.ts'

export interface Evidence {
  title: string
  /** What a machine said: an id, a digest, a request. */
  text: string
  /** How it is known. */
  known: string
  at: number | undefined
  ok: boolean
}

/** What a finished deploy can prove, in the order it came about. What was left out is not listed. */
export function evidenceOf(deployment: Deployment): Evidence[] {
  const { image, digest, releaseVersion, health } = deployment
  const finished = (name: DeployStepName) => deployment.steps.find((step) => step.name === name)?.finishedAt
  const detail = (name: DeployStepName) => deployment.steps.find((step) => step.name === name)?.detail ?? ''
  const isPushed = deployment.steps.some(({ name, status }) => name === 'push' && status === 'done')
  const entries: (Evidence | false)[] = [
    image !== undefined && {
      title: isPushed ? 'Image pushed' : 'Image found',
      text: image,
      known: detail('push'),
      at: finished('push'),
      ok: true,
    },
    digest !== undefined && {
      title: 'Digest known',
      text: digest,
      known: 'asked of Fly',
      at: finished('release'),
      ok: true,
    },
    releaseVersion !== undefined && {
      title: `Release v${releaseVersion}`,
      text: '',
      known: 'complete',
      at: finished('release'),
      ok: true,
    },
    { title: 'Machines updated', text: '', known: detail('machines'), at: finished('machines'), ok: true },
    health !== undefined && {
      title: 'URL healthy',
      text: `GET ${health.url}`,
      known: health.text,
      at: finished('health'),
      ok: health.ok,
    },
  ]
  return entries.filter((entry) => entry !== false)
}
