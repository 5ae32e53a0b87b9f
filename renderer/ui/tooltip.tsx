import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement } from 'react'
import { Keys } from './kbd.tsx'
import styles from './tooltip.module.css'

interface TooltipProps {
  label: string
  keys?: string | undefined
  side?: 'top' | 'bottom' | 'left' | 'right'
  /** The element it belongs to; must have a name of its own for screen readers. */
  children: ReactElement<Record<string, unknown>>
}

export function Tooltip({ label, keys, side = 'bottom', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className={styles.positioner}>
          {/* Says what the element is called already: for the eye alone. */}
          <Base.Popup className={styles.tip} aria-hidden>
            {label}
            {keys && <Keys keys={keys} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** Shares the delay: after the first tooltip the next ones come at once. */
export const TooltipProvider = Base.Provider
