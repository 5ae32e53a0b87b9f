import type { Deployment } from '#shared/contracts/deploys.ts'
import type { DeploymentStore } from './deployment-store.ts'

/** Deployments that ran when Hangar ended, or was killed, cannot be running any more: said so, once, at the next start. */
export function closeUnfinished(store: DeploymentStore, at: number): void {
  for (const { accountId, deployment } of store.unfinished()) store.save(accountId, interrupted(deployment, at))
}

function interrupted(deployment: Deployment, at: number): Deployment {
  return {
    ...deployment,
    status: 'interrupted',
    finishedAt: at,
    steps: deployment.steps.map((step) =>
      step.status === 'running' ? { ...step, status: 'failed', finishedAt: at } : step,
    ),
    error: {
      code: 'unavailable',
      message: 'Hangar ended while this deploy ran. Look at the machines of the app, then deploy again.',
    },
  }
}
