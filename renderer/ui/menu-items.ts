import type { ReactNode } from 'react'

/** One line of a menu or context menu, as a value. */
export type MenuEntry =
  | {
      kind?: 'item'
      label: string
      icon?: ReactNode
      /** Shortcut shown at the right. */
      keys?: string | undefined
      /** Quiet text at the right. */
      hint?: string | undefined
      danger?: boolean
      disabled?: boolean
      /** A tick: this one of its group is chosen. */
      checked?: boolean
      onSelect: () => void
    }
  | { kind: 'separator' }
  | { kind: 'label'; label: string }
