import type { ReactNode } from 'react'
import type { Tone } from '#shared/machines/machine-state.ts'
import styles from './callout.module.css'

interface CalloutProps {
  tone?: Tone
  icon?: ReactNode
  title?: ReactNode
  role?: 'alert' | 'status'
  actions?: ReactNode
  children?: ReactNode
}

/** A boxed remark inside a page or a dialog. */
export function Callout({ tone, icon, title, role, actions, children }: CalloutProps) {
  return (
    <div className={styles.callout} data-tone={tone} role={role}>
      {icon}
      <div className={styles.text}>
        {title && <p className="strong">{title}</p>}
        {children && <div className="small t2">{children}</div>}
      </div>
      {actions}
    </div>
  )
}

/** A line across the whole work area: what is true of everything below it. */
export function Banner({ tone, icon, actions, children, role = 'status' }: CalloutProps) {
  return (
    <div className={styles.banner} data-tone={tone} role={role}>
      {icon}
      <span className="grow">{children}</span>
      {actions}
    </div>
  )
}
