import { createContext, use } from 'react'

type Copy = (text: string) => void

const CopyContext = createContext<Copy | undefined>(undefined)

/** Given once at the root: how text reaches the clipboard. */
export const CopyProvider = CopyContext.Provider

export function useCopy(): Copy {
  const copy = use(CopyContext)
  return (text) => {
    if (!copy) throw new Error('useCopy must be used inside CopyProvider')
    copy(text)
  }
}
