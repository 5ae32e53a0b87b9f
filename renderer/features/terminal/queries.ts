import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useIpc } from '#renderer/lib/ipc-context.ts'

const SESSIONS_KEY = ['terminal', 'sessions'] as const

/** Every session of the account, closed ones included until their tab is closed. */
export function useTerminalSessions() {
  const ipc = useIpc()
  return useQuery({
    queryKey: SESSIONS_KEY,
    queryFn: ({ signal }) => ipc.terminal.sessions({}, { signal }),
    refetchInterval: 2_000,
  })
}

export function useCloseTerminal() {
  const ipc = useIpc()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => ipc.terminal.close({ id }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: SESSIONS_KEY }),
  })
}

/** To be called when a session was opened elsewhere. */
export function useRefreshTerminals(): () => void {
  const queryClient = useQueryClient()
  return () => void queryClient.invalidateQueries({ queryKey: SESSIONS_KEY })
}
