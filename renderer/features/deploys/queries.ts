import { useMutation, useQuery } from '@tanstack/react-query'
import { useIpc } from '#renderer/lib/ipc-context.ts'
import { useStream } from '#renderer/lib/use-stream.ts'

/** Deployments of the account, newest first, kept up to date. */
export function useDeployHistory() {
  const { deploys } = useIpc()
  return useStream((signal) => deploys.watch({}, { signal }), [deploys])
}

interface Choice {
  folder: string | undefined
  /** Deploys there in place of the app fly.toml names. */
  app: string | undefined
}

/** What deploying the folder would do. Read anew each time it is shown: files change under us. */
export function useDeployPlan({ folder, app }: Choice) {
  const { deploys } = useIpc()
  return useQuery({
    queryKey: ['deploys', 'plan', folder, app],
    queryFn: ({ signal }) => deploys.inspect({ folder: folder ?? '', ...(app && { app }) }, { signal }),
    enabled: folder !== undefined,
    staleTime: 0,
    gcTime: 0,
  })
}

export function useChooseFolder(onChosen: (folder: string) => void) {
  const { deploys } = useIpc()
  return useMutation({
    mutationFn: () => deploys.chooseFolder({}),
    onSuccess: (folder) => {
      if (folder !== null) onChosen(folder)
    },
  })
}

export function useStartDeploy(onStarted: (id: string) => void) {
  const { deploys } = useIpc()
  return useMutation({
    mutationFn: (start: { folder: string; app: string; imageLabel: string }) => deploys.start(start),
    onSuccess: ({ id }) => onStarted(id),
  })
}

export function useCancelDeploy(id: string) {
  const { deploys } = useIpc()
  return useMutation({ mutationFn: () => deploys.cancel({ id }) })
}
