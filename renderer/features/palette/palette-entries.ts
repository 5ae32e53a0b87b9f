import type { ReactNode } from 'react'

/** One line of the palette. */
export interface PaletteEntry {
  id: string
  group: 'Commands' | 'Machines' | 'Apps' | 'Users' | 'Go to'
  label: string
  /** At the right; searched as well. */
  hint?: string | undefined
  icon: ReactNode
  keys?: string | undefined
  run: () => void
}
