import { ArrowLeft, ArrowRight, ChevronRight, Search } from 'lucide-react'
import { Fragment } from 'react'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { Keys } from '#renderer/ui/kbd.tsx'
import styles from './title-bar.module.css'

interface TitleBarProps {
  /** From the account to what is open; the last one is here. */
  crumbs: readonly { label: string; onSelect?: () => void }[]
  canGoBack: boolean
  canGoForward: boolean
  onBack: () => void
  onForward: () => void
  onSearch: () => void
}

/** The window's own title bar: the system draws its buttons into the free end of it. */
export function TitleBar({ crumbs, canGoBack, canGoForward, onBack, onForward, onSearch }: TitleBarProps) {
  return (
    <header className={styles.bar}>
      <IconButton size="s" label="Back" keys="Ctrl+[" disabled={!canGoBack} onClick={onBack}>
        <ArrowLeft />
      </IconButton>
      <IconButton size="s" label="Forward" keys="Ctrl+]" disabled={!canGoForward} onClick={onForward}>
        <ArrowRight />
      </IconButton>
      <nav className={styles.crumbs} aria-label="Where you are">
        {crumbs.map(({ label, onSelect }, index) => (
          <Fragment key={label}>
            {index > 0 && <ChevronRight size={12} />}
            {onSelect && index < crumbs.length - 1 ? (
              <button type="button" onClick={onSelect}>
                {label}
              </button>
            ) : index < crumbs.length - 1 ? (
              <span>{label}</span>
            ) : (
              <b>{label}</b>
            )}
          </Fragment>
        ))}
      </nav>
      <button type="button" className={styles.find} onClick={onSearch}>
        <Search size={14} />
        <span className="grow">Search or run a command</span> <Keys keys="Ctrl+K" />
      </button>
    </header>
  )
}
