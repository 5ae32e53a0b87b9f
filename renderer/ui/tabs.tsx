import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import type { Tone } from '#shared/machines/machine-state.ts'
import { classNames } from './class-names.ts'
import styles from './tabs.module.css'

export interface TabEntry<Value extends string> {
  value: Value
  label: ReactNode
  /** How many there are behind it, formatted. */
  count?: ReactNode
  icon?: ReactNode
  /** Colours the icon. */
  tone?: Tone
}

interface TabsProps<Value extends string> {
  label: string
  value: Value
  onChange: (value: Value) => void
  tabs: readonly TabEntry<Value>[]
  /** `views` sit in a page head, `sections` are underlined across a page. */
  look?: 'views' | 'sections'
}

export function Tabs<Value extends string>({ label, value, onChange, tabs, look = 'views' }: TabsProps<Value>) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(next)}>
      <Base.List aria-label={label} className={classNames(styles.list, styles[look])} activateOnFocus>
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} className={styles.tab} data-tone={tab.tone}>
            {tab.icon}
            {tab.label}
            {tab.count !== undefined && <span className={styles.count}>{tab.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
    </Base.Root>
  )
}
