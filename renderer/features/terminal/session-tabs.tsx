import { SquareTerminal, Unplug, X } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import type { TerminalSession } from '#shared/contracts/terminal.ts'
import styles from './terminal.module.css'

interface SessionTabsProps {
  sessions: readonly TerminalSession[]
  shownId: string
  onShow: (id: string) => void
  onClose: (id: string) => void
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }

/** One tab per session. Arrow keys move between them, Delete closes the shown one. */
export function SessionTabs({ sessions, shownId, onShow, onClose }: SessionTabsProps) {
  const handleKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (event.key === 'Delete') onClose(shownId)
    if (step === undefined) return
    const at = sessions.findIndex(({ id }) => id === shownId)
    const next = sessions[(at + step + sessions.length) % sessions.length]
    if (next) onShow(next.id)
  }
  return (
    <div className={styles.tabs} role="tablist" aria-label="Terminals" onKeyDown={handleKey}>
      {sessions.map(({ id, title, machineId, state }) => (
        <span key={id} className={styles.tab} data-shown={id === shownId} role="presentation">
          <button
            type="button"
            role="tab"
            aria-selected={id === shownId}
            aria-keyshortcuts="Delete"
            tabIndex={id === shownId ? 0 : -1}
            title={state.status === 'closed' ? `${machineId}: ${state.reason}` : machineId}
            onClick={() => onShow(id)}
          >
            {state.status === 'closed' ? <Unplug size={14} className="c-warn" /> : <SquareTerminal size={14} />}
            <span className="cut">{title}</span>
          </button>
          {/* A tab list may hold tabs alone: the cross is for the pointer, Delete for the keyboard. */}
          <button
            type="button"
            className={styles.close}
            aria-hidden="true"
            title={`Close ${title}`}
            tabIndex={-1}
            onClick={() => onClose(id)}
          >
            <X size={12} />
          </button>
        </span>
      ))}
    </div>
  )
}
