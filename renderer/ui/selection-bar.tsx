import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'
import styles from './selection-bar.module.css'

interface SelectionBarProps {
  /** How many are selected, formatted. */
  count: string
  /** "Select all 412": everything the filter matches. */
  selectAll?: { label: string; onClick: () => void } | undefined
  /** Verbs, each with the number it would act on; destroy last. */
  children: ReactNode
  onClear: () => void
}

/** Floats over the foot of a table while rows are selected. Its parent must be positioned. */
export function SelectionBar({ count, selectAll, children, onClear }: SelectionBarProps) {
  return (
    <div className={styles.bar} role="toolbar" aria-label="Selected">
      <span className="strong num">{count} selected</span>
      {selectAll && (
        <Button size="s" variant="ghost" onClick={selectAll.onClick}>
          {selectAll.label}
        </Button>
      )}
      <span className={styles.line} />
      {children}
      <span className={styles.line} />
      <IconButton size="s" label="Clear the selection" onClick={onClear}>
        <X size={14} />
      </IconButton>
    </div>
  )
}
