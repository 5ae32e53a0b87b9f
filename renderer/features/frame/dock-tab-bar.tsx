import { ScrollText, SquareTerminal, X } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import styles from './dock.module.css'
import type { DockTab } from './dock-tabs.ts'

interface DockTabBarProps {
  tabs: readonly DockTab[]
  activeId: string | undefined
  onShow: (id: string) => void
  onClose: (tab: DockTab) => void
}

export function DockTabBar({ tabs, activeId, onShow, onClose }: DockTabBarProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    const index = tabs.findIndex(({ id }) => id === activeId)
    const next = tabs[(index + step + tabs.length) % tabs.length]
    if (!next) return
    onShow(next.id)
    document.getElementById(`dock-tab-${next.id}`)?.focus()
  }
  return (
    <div className={styles.tabs}>
      {tabs.map((tab) => {
        const Icon = tab.kind === 'terminal' ? SquareTerminal : ScrollText
        const active = tab.id === activeId
        const name = tab.kind === 'logs' ? `Logs, ${tab.title}` : tab.title
        return (
          <span key={tab.id} className={styles.tab} data-active={active}>
            <button
              type="button"
              id={`dock-tab-${tab.id}`}
              aria-pressed={active}
              aria-controls={`dock-panel-${tab.id}`}
              onClick={() => onShow(tab.id)}
              onAuxClick={({ button }) => button === 1 && onClose(tab)}
              onKeyDown={onKeyDown}
            >
              <Icon size={14} />
              <span className="cut">{name}</span>
            </button>
            <button type="button" className={styles.close} aria-label={`Close ${name}`} onClick={() => onClose(tab)}>
              <X size={12} />
            </button>
          </span>
        )
      })}
    </div>
  )
}
