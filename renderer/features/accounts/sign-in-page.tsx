import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { useEffect } from 'react'
import { useIpc } from '#renderer/lib/ipc-context.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Mark } from '#renderer/ui/mark.tsx'
import type { Session } from '#shared/contracts/accounts.ts'
import styles from './sign-in-page.module.css'
import { SignInWays } from './sign-in-ways.tsx'
import { TokenPanel } from './token-panel.tsx'
import { useSignIn } from './use-sign-in.ts'

interface SignInPageProps {
  session: Session
  /** Signed in: the session stream brings the account. */
  onSignedIn: () => void
  /** Back to the account in use; absent on first run. */
  onCancel?: (() => void) | undefined
  onOpenNetwork: () => void
}

export function SignInPage({ session, onSignedIn, onCancel, onOpenNetwork }: SignInPageProps) {
  const state = useSignIn(onSignedIn)
  const { settings } = useIpc()
  const about = useQuery({ queryKey: ['about'], queryFn: ({ signal }) => settings.about({}, { signal }) })
  const { look } = state
  useEffect(() => {
    // The token never enters the page: the paste itself is refused, and main reads the clipboard.
    const onPaste = (event: ClipboardEvent) => {
      if (event.target instanceof Element && event.target.closest('[role="dialog"]')) return
      event.preventDefault()
      look('clipboard')
    }
    window.addEventListener('paste', onPaste, { capture: true })
    return () => window.removeEventListener('paste', onPaste, { capture: true })
  }, [look])
  return (
    <div className={styles.page}>
      <div className={styles.left}>
        <div className={styles.top}>
          {onCancel && (
            <Button variant="ghost" size="s" icon={<ArrowLeft />} onClick={onCancel}>
              Back
            </Button>
          )}
        </div>
        <main className={styles.middle}>
          <div className={styles.brand}>
            <Mark size={32} />
            Hangar
          </div>
          <h1 className="heading">Connect to Fly.io</h1>
          <p className={styles.lead}>
            {onCancel
              ? 'Add another account. The one in use stays signed in.'
              : 'Choose one. You can add more accounts later.'}
          </p>
          <SignInWays session={session} state={state} />
        </main>
        <footer className={styles.foot}>
          <span>Hangar {about.data?.version}</span>
          <span>No telemetry</span>
          <span className="grow" />
          <Button variant="ghost" size="s" onClick={onOpenNetwork}>
            Proxy and certificates
          </Button>
        </footer>
      </div>
      <TokenPanel session={session} state={state} />
    </div>
  )
}
