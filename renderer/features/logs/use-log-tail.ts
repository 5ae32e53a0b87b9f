import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useIpc } from '#renderer/lib/ipc-context.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { LogBuffer } from './log-buffer.ts'
import { NO_FILTER } from './log-filter.ts'

export interface LogTarget {
  app: string
  machineId?: string | undefined
}

type TailState =
  | { status: 'waiting' }
  | { status: 'following'; trouble: string | undefined }
  /** The account ended; nothing more will come. */
  | { status: 'ended' }
  | { status: 'failed'; error: AppError }

/** The lines of an app or of one machine of it, from now on, in a buffer that is forgotten with the view. */
export function useLogTail({ app, machineId }: LogTarget) {
  const ipc = useIpc()
  const [state, setState] = useState<TailState>({ status: 'waiting' })
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another target is another buffer
  const buffer = useMemo(() => new LogBuffer(NO_FILTER), [app, machineId])
  useSyncExternalStore(buffer.subscribe, buffer.version)

  // biome-ignore lint/correctness/useExhaustiveDependencies: each round begins anew
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    const follow = async () => {
      buffer.beginAgain()
      setState({ status: 'waiting' })
      for await (const batch of ipc.logs.tail(machineId === undefined ? { app } : { app, machineId }, { signal })) {
        buffer.append(batch)
        setState((previous) => withTrouble(previous, batch.trouble))
      }
      if (!signal.aborted) setState({ status: 'ended' })
    }
    follow().catch((error: unknown) => {
      if (!signal.aborted) setState({ status: 'failed', error: asAppError(error) })
    })
    return () => controller.abort()
  }, [ipc, app, machineId, buffer, round])

  const retry = useCallback(() => setRound((value) => value + 1), [])
  return { state, buffer, retry }
}

/** The same state when nothing changed, so that lines alone draw only the list. */
function withTrouble(previous: TailState, trouble: string | undefined): TailState {
  const isSame = previous.status === 'following' && previous.trouble === trouble
  return isSame ? previous : { status: 'following', trouble }
}

const asAppError = (error: unknown): AppError =>
  error instanceof AppError
    ? error
    : new AppError('internal', 'Something went wrong in Hangar itself.', { cause: error })
