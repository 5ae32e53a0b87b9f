import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useCopyText } from './lib/desktop.ts'
import type { Ipc } from './lib/ipc.ts'
import { IpcProvider } from './lib/ipc-context.ts'
import { createQueryClient } from './lib/query-client.ts'
import { createShortcutRegistry } from './lib/shortcuts.ts'
import { ShortcutProvider } from './lib/shortcuts-context.tsx'
import { SessionGate } from './session-gate.tsx'
import { CopyProvider } from './ui/copy-context.ts'
import { ToastProvider } from './ui/toast.tsx'
import { TooltipProvider } from './ui/tooltip.tsx'

/** Everything the page needs around it, then who is signed in. */
export function App({ ipc }: { ipc: Ipc }) {
  const [queryClient] = useState(createQueryClient)
  const [shortcuts] = useState(createShortcutRegistry)
  return (
    <IpcProvider value={ipc}>
      <QueryClientProvider client={queryClient}>
        <ShortcutProvider registry={shortcuts}>
          <Clipboard>
            <TooltipProvider delay={500}>
              <ToastProvider>
                <SessionGate />
              </ToastProvider>
            </TooltipProvider>
          </Clipboard>
        </ShortcutProvider>
      </QueryClientProvider>
    </IpcProvider>
  )
}

function Clipboard({ children }: { children: ReactNode }) {
  return <CopyProvider value={useCopyText()}>{children}</CopyProvider>
}
