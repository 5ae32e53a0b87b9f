import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'
import styles from './icon-button.module.css'
import { Tooltip } from './tooltip.tsx'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** What it does; also its tooltip. */
  label: string
  size?: 's' | 'm'
  pressed?: boolean
  /** Shortcut shown in the tooltip. */
  keys?: string | undefined
}

export function IconButton({ label, size = 'm', pressed, keys, className, children, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        {...rest}
        className={classNames(styles.button, size === 's' && styles.small, className)}
      >
        {children}
      </button>
    </Tooltip>
  )
}
