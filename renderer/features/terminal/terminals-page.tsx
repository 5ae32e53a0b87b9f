import { Server, SquareTerminal } from 'lucide-react'
import { Button } from '#renderer/ui/button.tsx'
import { EmptyState } from '#renderer/ui/empty.tsx'
import { FailedState } from '#renderer/ui/failed.tsx'
import { Keys } from '#renderer/ui/kbd.tsx'
import { LoadingRows } from '#renderer/ui/loading-rows.tsx'
import { useCloseTerminal, useRefreshTerminals, useTerminalSessions } from './queries.ts'
import { SessionTabs } from './session-tabs.tsx'
import styles from './terminal.module.css'
import { TerminalView } from './terminal-view.tsx'

interface TerminalsPageProps {
  /** The chosen session; the newest one when it names none that is there. */
  sessionId?: string | undefined
  onSession: (id: string | undefined) => void
  /** Leads to the machines, where a console can be opened. */
  onShowMachines: () => void
}

/** All consoles of the account, one tab each. */
export function TerminalsPage(props: TerminalsPageProps) {
  return (
    <>
      <h1 className="sr">Terminals</h1>
      <Sessions {...props} />
    </>
  )
}

function Sessions({ sessionId, onSession, onShowMachines }: TerminalsPageProps) {
  const sessions = useTerminalSessions()
  const close = useCloseTerminal()
  const refresh = useRefreshTerminals()

  if (sessions.isPending) return <LoadingRows label="Loading terminals" />
  if (sessions.isLoadingError)
    return <FailedState title="Cannot list terminals" error={sessions.error} onRetry={() => void sessions.refetch()} />
  const shown = sessions.data.find(({ id }) => id === sessionId) ?? sessions.data.at(-1)
  if (!shown)
    return (
      <EmptyState
        icon={<SquareTerminal />}
        title="No terminal is open"
        actions={
          <Button size="l" variant="primary" icon={<Server size={14} />} onClick={onShowMachines}>
            Show machines
          </Button>
        }
      >
        Mark a started machine and press <Keys keys="T" />, or choose Terminal in its inspector. Each console is a tab
        here and stays until you close it.
      </EmptyState>
    )

  const closeSession = (id: string) => {
    if (id === shown.id) onSession(sessions.data.findLast((session) => session.id !== id)?.id)
    close.mutate(id)
  }
  return (
    <div className={styles.page}>
      <SessionTabs sessions={sessions.data} shownId={shown.id} onShow={onSession} onClose={closeSession} />
      <TerminalView
        key={shown.id}
        sessionId={shown.id}
        app={shown.app}
        machineId={shown.machineId}
        title={shown.title}
        onSession={(id) => {
          refresh()
          onSession(id)
        }}
      />
    </div>
  )
}
