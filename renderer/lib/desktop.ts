import { useCallback } from 'react'
import { useIpc } from './ipc-context.ts'

/** Opens an https address in the person's browser. Main refuses what is not on its list. */
export function useOpenLink(): (url: string) => void {
  const { desktop } = useIpc()
  return useCallback((url) => void desktop.openLink({ url }).catch(ignoreRefusal), [desktop])
}

export function useCopyText(): (text: string) => void {
  const { desktop } = useIpc()
  return useCallback((text) => void desktop.copyText({ text }).catch(ignoreRefusal), [desktop])
}

/** Pastes into whatever has the focus: the page never reads the clipboard. */
export function usePaste(): () => void {
  const { desktop } = useIpc()
  return useCallback(() => void desktop.paste({}).catch(ignoreRefusal), [desktop])
}

// Main has logged why; there is nothing the person could do about it here.
const ignoreRefusal = () => {}
