import type { RenderResult } from '@testing-library/react'
import type { ReactNode } from 'react'
import { FleetProvider } from '#renderer/lib/fleet-context.tsx'
import { CopyProvider } from '#renderer/ui/copy-context.ts'
import { ToastProvider } from '#renderer/ui/toast.tsx'
import { type FakeHandlers, renderWithIpc } from './render.tsx'

/** A page inside what the workbench puts around it. `copied` collects what went to the clipboard. */
export function showPage(ui: ReactNode, handlers: FakeHandlers): RenderResult & { copied: string[] } {
  const copied: string[] = []
  const view = renderWithIpc(
    <CopyProvider value={(text) => copied.push(text)}>
      <ToastProvider>
        <FleetProvider>{ui}</FleetProvider>
      </ToastProvider>
    </CopyProvider>,
    handlers,
  )
  return { ...view, copied }
}

export const nothing = () => {}
