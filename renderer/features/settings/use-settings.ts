import { useMutation } from '@tanstack/react-query'
import { useIpc } from '#renderer/lib/ipc-context.ts'
import { type StreamResult, useStream } from '#renderer/lib/use-stream.ts'
import type { Settings } from '#shared/contracts/settings.ts'

export function useSettings(): StreamResult<Settings> {
  const { settings } = useIpc()
  return useStream((signal) => settings.watch({}, { signal }), [settings])
}

/** Changes some settings; the stream brings the result. Main says in a sentence what it cannot take. */
export function useChangeSettings() {
  const { settings } = useIpc()
  return useMutation({ mutationFn: (change: Partial<Settings>) => settings.change(change) })
}
