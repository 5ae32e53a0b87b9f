import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import type { ReactNode } from 'react'
import styles from './segmented.module.css'

interface SegmentedProps<Value extends string> {
  label: string
  value: Value
  onChange: (value: Value) => void
  options: readonly { value: Value; label: ReactNode; icon?: ReactNode; title?: string }[]
}

/** One of a few, all of them seen. */
export function Segmented<Value extends string>({ label, value, onChange, options }: SegmentedProps<Value>) {
  const choose = (chosen: readonly string[]) => {
    const next = options.find((option) => option.value === chosen[0])
    if (next) onChange(next.value)
  }
  return (
    <ToggleGroup className={styles.group} aria-label={label} value={[value]} onValueChange={choose}>
      {options.map((option) => (
        <Toggle key={option.value} value={option.value} className={styles.option} title={option.title}>
          {option.icon}
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
