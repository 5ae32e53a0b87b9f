import { useCallback, useEffect, useState } from 'react'
import { useIpc } from '#renderer/lib/ipc-context.ts'
import type { Deployment, OutputLine } from '#shared/contracts/deploys.ts'
import { AppError } from '#shared/ipc/errors.ts'

export interface FollowedDeployment {
  /** Undefined until the first answer. */
  deployment: Deployment | undefined
  /** Grows in place: its length says what is new. */
  lines: readonly OutputLine[]
  error: AppError | undefined
  retry: () => void
}

/** One deployment with all its output, from its first line on, as it goes on. */
export function useDeployment(id: string): FollowedDeployment {
  const { deploys } = useIpc()
  const [round, setRound] = useState(0)
  const [seen, setSeen] = useState<Omit<FollowedDeployment, 'retry'>>(NOTHING)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round reads all of it again
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    // One array for the whole deploy: copying a long log for every batch would cost more than showing it.
    const lines: OutputLine[] = []
    const follow = async () => {
      for await (const { deployment, lines: added } of deploys.follow({ id }, { signal })) {
        lines.push(...added)
        if (!signal.aborted) setSeen({ deployment, lines, error: undefined })
      }
    }
    setSeen(NOTHING)
    follow().catch((cause: unknown) => {
      const error = cause instanceof AppError ? cause : new AppError('internal', 'The log broke off.', { cause })
      if (!signal.aborted) setSeen((before) => ({ ...before, error }))
    })
    return () => controller.abort()
  }, [deploys, id, round])
  return { ...seen, retry: useCallback(() => setRound((value) => value + 1), []) }
}

const NOTHING = { deployment: undefined, lines: [], error: undefined }
