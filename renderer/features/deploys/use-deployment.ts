import { useIpc } from '#renderer/lib/ipc-context.ts'
import { type StreamResult, useStream } from '#renderer/lib/use-stream.ts'
import type { Deployment, OutputLine } from '#shared/contracts/deploys.ts'

export interface FollowedDeployment {
  deployment: Deployment
  /** Grows in place: its length says what is new. */
  lines: readonly OutputLine[]
}

/** One deployment with all its output, from its first line on, as it goes on. */
export function useDeployment(id: string): StreamResult<FollowedDeployment> {
  const { deploys } = useIpc()
  return useStream((signal) => withEarlierLines(deploys.follow({ id }, { signal })), [deploys, id])
}

/** One array for the whole deploy: copying a long log for every batch would cost more than showing it. */
async function* withEarlierLines(updates: AsyncIterable<FollowedDeployment>): AsyncGenerator<FollowedDeployment> {
  const lines: OutputLine[] = []
  for await (const { deployment, lines: added } of updates) {
    lines.push(...added)
    yield { deployment, lines }
  }
}
