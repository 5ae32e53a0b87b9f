import { Field } from '@base-ui/react/field'
import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'
import styles from './input.module.css'

interface InputProps extends Omit<ComponentProps<'input'>, 'size' | 'defaultValue' | 'value'> {
  value?: string
  defaultValue?: string
  size?: 'm' | 'l'
  mono?: boolean
  /** Shown at the right inside: GB, MB, port. */
  unit?: string
}

export function Input({ size = 'm', mono = false, unit, className, ...rest }: InputProps) {
  const input = (
    <Field.Control
      spellCheck={false}
      autoComplete="off"
      {...rest}
      className={classNames(styles.input, size === 'l' && styles.large, mono && styles.mono, className)}
    />
  )
  if (unit === undefined) return input
  return (
    <span className={styles.unit}>
      {input}
      <em>{unit}</em>
    </span>
  )
}
