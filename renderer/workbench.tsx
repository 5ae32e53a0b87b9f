import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Account, Session } from '#shared/contracts/accounts.ts'
import type { Settings } from '#shared/contracts/settings.ts'
import { createDockStore } from './features/frame/dock-store.ts'
import { FleetProvider } from './lib/fleet-context.tsx'
import { createAppRouter, followLinks } from './router.tsx'
import { WorkbenchProvider } from './workbench-context.ts'

interface WorkbenchProps {
  session: Session
  account: Account
  settings: Settings
  onAddAccount: () => void
}

/** Everything one account shows. It begins anew with another account. */
export function Workbench({ account, ...rest }: WorkbenchProps) {
  const [router] = useState(() => createAppRouter(sessionStorage, `location:${account.id}`))
  const [dock] = useState(() => createDockStore(sessionStorage, `dock:${account.id}`))
  useEffect(() => followLinks(router), [router])
  return (
    <WorkbenchProvider value={{ account, dock, ...rest }}>
      <FleetProvider>
        <RouterProvider router={router} />
      </FleetProvider>
    </WorkbenchProvider>
  )
}
