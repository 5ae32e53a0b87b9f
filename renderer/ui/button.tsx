import type { ComponentProps, ReactNode } from 'react'
import styles from './button.module.css'
import { classNames } from './class-names.ts'
import { Keys } from './kbd.tsx'

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: 'default' | 'primary' | 'danger' | 'danger-quiet' | 'ghost'
  /** 24 in bars and cards, 28 default, 32 in dialogs and result pages. */
  size?: 's' | 'm' | 'l'
  icon?: ReactNode
  /** Shortcut shown inside, such as `Ctrl+Enter`. */
  keys?: string | undefined
}

export function Button({ variant = 'default', size = 'm', icon, keys, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(styles.button, styles[variant], styles[`size-${size}`], className)}
    >
      {icon}
      {children}
      {keys && <Keys keys={keys} />}
    </button>
  )
}
