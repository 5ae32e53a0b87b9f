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

interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'defaultValue' | 'value'> {
  value?: string
  defaultValue?: string
  mono?: boolean
}

export function TextArea({ mono = false, className, value, defaultValue, ...rest }: TextAreaProps) {
  return (
    <Field.Control
      {...(value === undefined ? {} : { value })}
      {...(defaultValue === undefined ? {} : { defaultValue })}
      className={classNames(styles.input, styles.area, mono && styles.mono, className)}
      render={<textarea spellCheck={false} {...rest} />}
    />
  )
}
