import { queryOptions, useMutation } from '@tanstack/react-query'
import type { Ipc } from '#renderer/lib/ipc.ts'
import { useIpc } from '#renderer/lib/ipc-context.ts'
import { useStream } from '#renderer/lib/use-stream.ts'
import type { Change } from '#shared/contracts/operations.ts'

/** A plan is only as good as the states it read. */
const PLAN_GOOD_MS = 20_000

export const planQuery = (ipc: Ipc, change: Change) =>
  queryOptions({
    queryKey: ['operations', 'plan', change] as const,
    queryFn: ({ signal }) => ipc.operations.plan(change, { signal }),
    staleTime: PLAN_GOOD_MS,
    gcTime: PLAN_GOOD_MS,
  })

export function useRunChange() {
  const ipc = useIpc()
  return useMutation({
    mutationFn: ({ change, confirmation }: { change: Change; confirmation?: string }) =>
      ipc.operations.run({ change, ...(confirmation !== undefined && { confirmation }) }),
  })
}

export function useOperations() {
  const ipc = useIpc()
  return useStream((signal) => ipc.operations.watch({}, { signal }), [ipc])
}

export function useOperation(id: string) {
  const ipc = useIpc()
  return useStream((signal) => ipc.operations.watchOne({ id }, { signal }), [ipc, id])
}

export function useCancelOperation(id: string) {
  const ipc = useIpc()
  return useMutation({ mutationFn: () => ipc.operations.cancel({ id }) })
}
