import { Suspense, useEffect, useState } from 'react'
import { useSettings } from './features/settings/use-settings.ts'
import { NetworkDialog, SignInPage } from './lazy-parts.ts'
import { useIpc } from './lib/ipc-context.ts'
import { applyLook } from './lib/theme.ts'
import { useStream } from './lib/use-stream.ts'
import { FailedState } from './ui/failed.tsx'
import { Workbench } from './workbench.tsx'

/** Shows the sign-in to who is not signed in, and the workbench of the current account to who is. */
export function SessionGate() {
  const { accounts } = useIpc()
  const session = useStream((signal) => accounts.watch({}, { signal }), [accounts])
  const settings = useSettings()
  const [adding, setAdding] = useState(false)
  const [networkOpen, setNetworkOpen] = useState(false)

  useEffect(() => {
    if (settings.latest) applyLook(document.documentElement, settings.latest)
  }, [settings.latest])

  const failed = [session, settings].find(({ status }) => status === 'failed')
  if (!session.latest || !settings.latest) {
    if (failed?.status !== 'failed') return null
    return <FailedState title="Hangar cannot start" error={failed.error} onRetry={failed.retry} />
  }
  const account = session.latest.accounts.find(({ id }) => id === session.latest?.currentId)
  if (account && !adding) {
    return (
      <Workbench
        key={account.id}
        session={session.latest}
        account={account}
        settings={settings.latest}
        onAddAccount={() => setAdding(true)}
      />
    )
  }
  return (
    <Suspense>
      <SignInPage
        session={session.latest}
        onSignedIn={() => setAdding(false)}
        onCancel={account ? () => setAdding(false) : undefined}
        onOpenNetwork={() => setNetworkOpen(true)}
      />
      {networkOpen && <NetworkDialog settings={settings.latest} onClose={() => setNetworkOpen(false)} />}
    </Suspense>
  )
}
