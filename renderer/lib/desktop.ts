import { useCallback } from 'react'
import { useIpc } from './ipc-context.ts'

/** Opens a page of Fly.io or of an app in the person's browser. Main refuses what is not on its list. */
export function useOpenLink(): (url: string) => void {
  const { desktop } = useIpc()
  return useCallback((url) => void desktop.openLink({ url }).catch(ignoreRefusal), [desktop])
}

/** Opens an app in the person's browser, wherever this account's Fly.io serves it. */
export function useOpenApp(): (app: string) => void {
  const { desktop } = useIpc()
  return useCallback((app) => void desktop.openApp({ app }).catch(ignoreRefusal), [desktop])
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
