import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import { classNames } from './class-names.ts'
import styles from './select.module.css'

export interface SelectOption<Value extends string> {
  value: Value
  label: string
  /** At the right, such as a price. */
  hint?: string
  disabled?: boolean
}

interface SelectProps<Value extends string> {
  value: Value
  options: readonly SelectOption<Value>[]
  onChange: (value: Value) => void
  /** Name for screen readers when there is no `Field` around it. */
  label?: string
  size?: 'm' | 'l'
  disabled?: boolean
  placeholder?: string
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { value, options, onChange, label, size = 'm', disabled = false, placeholder } = props
  return (
    <Base.Root
      items={options.map((option) => ({ value: option.value, label: option.label }))}
      value={value}
      disabled={disabled}
      onValueChange={(next) => next !== null && onChange(next)}
    >
      <Base.Trigger className={classNames(styles.trigger, size === 'l' && styles.large)} aria-label={label}>
        <Base.Value className="cut grow" placeholder={placeholder} />
        <Base.Icon>
          <ChevronsUpDown size={14} />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal render={<section aria-label="Choices" />}>
        <Base.Positioner className={styles.positioner} sideOffset={4} alignItemWithTrigger={false}>
          <Base.Popup className={styles.menu}>
            <Base.List>
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.disabled ?? false}
                  className={styles.item}
                >
                  <Base.ItemText className="grow cut">{option.label}</Base.ItemText>
                  {option.hint && <span className="t3 num">{option.hint}</span>}
                  <span className={styles.tick}>
                    <Base.ItemIndicator>
                      <Check size={14} />
                    </Base.ItemIndicator>
                  </span>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
