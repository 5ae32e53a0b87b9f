import { useMutation, useQuery } from '@tanstack/react-query'
import { useIpc } from '#renderer/lib/ipc-context.ts'
import { useStream } from '#renderer/lib/use-stream.ts'
import type { Change, OperationDetail } from '#shared/contracts/operations.ts'

/** Regions and their prices hardly ever change. */
const REGIONS_GOOD_MS = 60 * 60_000

export function useRegions() {
  const ipc = useIpc()
  return useQuery({
    queryKey: ['workspaces', 'regions'],
    queryFn: ({ signal }) => ipc.fleet.regions({}, { signal }),
    staleTime: REGIONS_GOOD_MS,
  })
}

/** Slugs and names of the organizations the current account may create in. */
export function useOrganizations(): readonly { slug: string; name: string }[] | undefined {
  const ipc = useIpc()
  const session = useStream((signal) => ipc.accounts.watch({}, { signal }), [ipc]).latest
  return session?.accounts.find(({ id }) => id === session.currentId)?.organizations
}

interface Creating {
  change: Change
  /** What was typed where the account is protected. */
  confirmation?: string | undefined
  onProgress: (detail: OperationDetail) => void
  signal: AbortSignal
}

/** Asks for a plan first: a protected account wants something typed before anything runs. */
export type Creation = { type: 'asked'; typeToConfirm: string } | { type: 'ended'; detail: OperationDetail | undefined }

/** Runs the creation and follows it to its end. */
export function useCreateWorkspace() {
  const ipc = useIpc()
  return useMutation({
    mutationFn: async ({ change, confirmation, onProgress, signal }: Creating): Promise<Creation> => {
      const { typeToConfirm } = await ipc.operations.plan(change, { signal })
      if (typeToConfirm !== undefined && typeToConfirm !== confirmation) return { type: 'asked', typeToConfirm }
      const { id } = await ipc.operations.run({ change, ...(typeToConfirm !== undefined && { confirmation }) })
      let detail: OperationDetail | undefined
      for await (const next of ipc.operations.watchOne({ id }, { signal })) {
        detail = next
        onProgress(next)
      }
      return { type: 'ended', detail }
    },
  })
}
