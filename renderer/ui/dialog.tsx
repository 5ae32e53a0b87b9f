import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import type { Tone } from '#shared/machines/machine-state.ts'
import styles from './dialog.module.css'

interface DialogProps {
  open: boolean
  /** Escape, a click outside, the close of the browser: every way out but the buttons. */
  onClose: () => void
  title: ReactNode
  /** One line under the title. */
  subtitle?: ReactNode
  icon?: ReactNode
  tone?: Tone
  /** 560 by default. */
  width?: number
  children?: ReactNode
  /** Buttons, primary last. A note may come first, followed by `<span className="grow" />`. */
  footer?: ReactNode
  /** `alertdialog` for what cannot be undone: a click outside then does not close it. */
  role?: 'dialog' | 'alertdialog'
}

export function Dialog({
  open,
  onClose,
  title,
  subtitle,
  icon,
  tone,
  width = 560,
  children,
  footer,
  role,
}: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()} disablePointerDismissal={role === 'alertdialog'}>
      <Base.Portal>
        <Base.Backdrop className={styles.scrim} />
        <Base.Viewport className={styles.viewport}>
          <Base.Popup className={styles.dialog} role={role ?? 'dialog'} style={{ width }}>
            <header className={styles.head} data-tone={tone}>
              {icon}
              <div className="grow">
                <Base.Title className="title">{title}</Base.Title>
                {subtitle && <Base.Description className={styles.subtitle}>{subtitle}</Base.Description>}
              </div>
            </header>
            <div className={styles.body}>{children}</div>
            {footer && <footer className={styles.foot}>{footer}</footer>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
