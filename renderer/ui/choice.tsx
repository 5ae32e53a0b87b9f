import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox'
import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './choice.module.css'

interface CheckboxProps {
  checked: boolean
  onChange: (checked: boolean) => void
  /** Some of what it stands for is chosen. */
  mixed?: boolean
  disabled?: boolean
  /** Name for screen readers when there is no visible label. */
  label?: string
  /** Visible label at its right. */
  children?: ReactNode
}

export function Checkbox({ checked, onChange, mixed = false, disabled = false, label, children }: CheckboxProps) {
  const box = (
    <BaseCheckbox.Root
      className={styles.check}
      checked={checked}
      indeterminate={mixed}
      disabled={disabled}
      onCheckedChange={(next) => onChange(next)}
      aria-label={label}
    >
      <BaseCheckbox.Indicator className={styles.tick}>
        {mixed ? <Minus size={12} /> : <Check size={12} />}
      </BaseCheckbox.Indicator>
    </BaseCheckbox.Root>
  )
  return children ? <Labelled control={box}>{children}</Labelled> : box
}

interface RadiosProps<Value extends string> {
  label: string
  value: Value
  onChange: (value: Value) => void
  options: readonly { value: Value; label: ReactNode; help?: ReactNode; disabled?: boolean }[]
}

export function Radios<Value extends string>({ label, value, onChange, options }: RadiosProps<Value>) {
  return (
    <RadioGroup className={styles.radios} aria-label={label} value={value} onValueChange={(next) => onChange(next)}>
      {options.map((option) => (
        <Labelled
          key={option.value}
          control={<Radio.Root className={styles.radio} value={option.value} disabled={option.disabled ?? false} />}
        >
          {option.label}
          {option.help && <span className={styles.help}>{option.help}</span>}
        </Labelled>
      ))}
    </RadioGroup>
  )
}

function Labelled({ control, children }: { control: ReactNode; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control comes in as a value
    <label className={styles.option}>
      {control}
      <span>{children}</span>
    </label>
  )
}
