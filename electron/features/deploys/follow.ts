import { type Changes, latest } from '#electron/lib/changes.ts'
import type { Deployment, OutputLine } from '#shared/contracts/deploys.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { type DeploymentStore, OUTPUT_PAGE } from './deployment-store.ts'

interface Follow {
  store: DeploymentStore
  accountId: string
  id: string
  on: Changes['on']
  signal: AbortSignal
}

export interface Followed {
  deployment: Deployment
  lines: OutputLine[]
}

/** First what is kept, page by page, then what comes. One source for both, so nothing is missed or told twice. */
export async function* followDeployment({ store, accountId, id, on, signal }: Follow): AsyncGenerator<Followed> {
  const read = () => store.get(accountId, id)
  let told = 0
  for await (const deployment of latest({ read, on, signal })) {
    if (!deployment) throw new AppError('not-found', 'This deployment is not in the history any more.')
    let lines = store.output(id, told)
    yield { deployment, lines }
    told += lines.length
    while (lines.length === OUTPUT_PAGE) {
      lines = store.output(id, told)
      yield { deployment, lines }
      told += lines.length
    }
    if (deployment.status !== 'deploying') return
  }
}
