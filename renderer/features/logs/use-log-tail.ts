import { useMemo, useSyncExternalStore } from 'react'
import { useIpc } from '#renderer/lib/ipc-context.ts'
import { useStream } from '#renderer/lib/use-stream.ts'
import type { LogBatch } from '#shared/contracts/logs.ts'
import { LogBuffer } from './log-buffer.ts'
import { NO_FILTER } from './log-filter.ts'

export interface LogTarget {
  app: string
  machineId?: string | undefined
}

/** The lines of an app or of one machine of it, from now on, in a buffer that is forgotten with the view. */
export function useLogTail({ app, machineId }: LogTarget) {
  const { logs } = useIpc()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another target is another buffer
  const buffer = useMemo(() => new LogBuffer(NO_FILTER), [app, machineId])
  useSyncExternalStore(buffer.subscribe, buffer.version)
  const tail = useStream(
    (signal) => intoBuffer(buffer, logs.tail(machineId === undefined ? { app } : { app, machineId }, { signal })),
    [logs, app, machineId, buffer],
  )
  return { tail, buffer }
}

/** Keeps the lines, and says after each batch what keeps others from coming. */
async function* intoBuffer(buffer: LogBuffer, batches: AsyncIterable<LogBatch>): AsyncGenerator<LogBatch['trouble']> {
  buffer.beginAgain()
  for await (const batch of batches) {
    buffer.append(batch)
    yield batch.trouble
  }
}
