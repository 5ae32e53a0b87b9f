import { ChevronDown, ChevronUp, Maximize2, Minimize2 } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, type ReactNode, Suspense, useSyncExternalStore } from 'react'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import styles from './dock.module.css'
import type { DockStore } from './dock-store.ts'
import { DockTabBar } from './dock-tab-bar.tsx'
import { closeTab, type DockTab, setHeight, setView, showTab } from './dock-tabs.ts'

interface DockProps {
  store: DockStore
  /** What a tab holds. Every tab stays mounted, so a hidden session goes on. */
  content: (tab: DockTab) => ReactNode
  /** Keeps its tabs alive and out of sight. */
  hidden: boolean
  /** Ends what the tab stood for. */
  onClosed: (tab: DockTab) => void
}

/** Px per press of an arrow key on the edge. */
const STEP = 24

export function Dock({ store, content, hidden, onClosed }: DockProps) {
  const dock = useSyncExternalStore(store.subscribe, store.state)
  if (dock.tabs.length === 0) return null
  const { view, height, activeId } = dock
  const resize = (next: number) => store.change((state) => setHeight(state, next, window.innerHeight))
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (event.buttons === 1) resize(height - event.movementY)
  }
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowUp') resize(height + STEP)
    if (key === 'ArrowDown') resize(height - STEP)
  }
  const toggle = (to: typeof view) => store.change((state) => setView(state, state.view === to ? 'open' : to))
  return (
    <section
      className={styles.dock}
      data-view={view}
      aria-label="Dock"
      hidden={hidden}
      style={view === 'open' ? { height } : undefined}
    >
      {view === 'open' && (
        // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be dragged
        <div
          className={styles.edge}
          role="separator"
          aria-label="Height of the dock"
          aria-orientation="horizontal"
          aria-valuenow={height}
          tabIndex={0}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={drag}
        />
      )}
      <header className={styles.bar}>
        <DockTabBar
          tabs={dock.tabs}
          activeId={activeId}
          onShow={(id) => store.change((state) => showTab(state, id))}
          onClose={(tab) => {
            store.change((state) => closeTab(state, tab.id))
            onClosed(tab)
          }}
        />
        <span className="grow" />
        <IconButton size="s" label={view === 'maximised' ? 'Restore' : 'Maximise'} onClick={() => toggle('maximised')}>
          {view === 'maximised' ? <Minimize2 size={14} /> : <Maximize2 size={14} />}
        </IconButton>
        <IconButton
          size="s"
          label={view === 'collapsed' ? 'Open the dock' : 'Collapse the dock'}
          keys="Ctrl+J"
          onClick={() => toggle('collapsed')}
        >
          {view === 'collapsed' ? <ChevronUp size={14} /> : <ChevronDown size={14} />}
        </IconButton>
      </header>
      {dock.tabs.map((tab) => (
        <div
          key={tab.id}
          id={`dock-panel-${tab.id}`}
          role="tabpanel"
          aria-labelledby={`dock-tab-${tab.id}`}
          className={styles.panel}
          hidden={tab.id !== activeId || view === 'collapsed'}
        >
          <Suspense>{content(tab)}</Suspense>
        </div>
      ))}
    </section>
  )
}
