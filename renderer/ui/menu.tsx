import { ContextMenu as BaseContext } from '@base-ui/react/context-menu'
import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Keys } from './kbd.tsx'
import styles from './menu.module.css'
import type { MenuEntry } from './menu-items.ts'

/** Menus hang outside the page's landmarks, so they bring one. */
const LANDMARK = <section aria-label="Menu" />

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement
  items: readonly MenuEntry[]
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom' | 'left' | 'right'
  /** Above the entries, such as who is signed in. */
  header?: ReactNode
}

export function Menu({ trigger, items, align = 'start', side = 'bottom', header }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal render={LANDMARK}>
        <Base.Positioner className={styles.positioner} align={align} side={side} sideOffset={4}>
          <Base.Popup className={styles.menu}>
            {header}
            <Entries items={items} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

interface ContextMenuProps {
  /** Empty = the browser's own menu is suppressed and nothing opens. */
  items: readonly MenuEntry[]
  /** The element that reacts to the right button; must take a ref. */
  children: ReactElement
  onOpenChange?: (open: boolean) => void
}

export function ContextMenu({ items, children, onOpenChange }: ContextMenuProps) {
  return (
    <BaseContext.Root onOpenChange={(open) => onOpenChange?.(open)}>
      <BaseContext.Trigger render={children} />
      <BaseContext.Portal render={LANDMARK}>
        <BaseContext.Positioner className={styles.positioner}>
          <BaseContext.Popup className={styles.menu}>
            <Entries items={items} />
          </BaseContext.Popup>
        </BaseContext.Positioner>
      </BaseContext.Portal>
    </BaseContext.Root>
  )
}

function Entries({ items }: { items: readonly MenuEntry[] }) {
  return items.map((entry, index) => {
    const key = `${index}`
    if (entry.kind === 'separator') return <Base.Separator key={key} className={styles.separator} />
    if (entry.kind === 'label')
      return (
        <div key={key} className={styles.label} role="presentation">
          {entry.label}
        </div>
      )
    return <Entry key={key} entry={entry} />
  })
}

function Entry({ entry }: { entry: Extract<MenuEntry, { onSelect: () => void }> }) {
  const { label, icon, keys, hint, danger, disabled = false, checked, onSelect } = entry
  const chosen = checked === undefined ? {} : { role: 'menuitemradio', 'aria-checked': checked }
  return (
    <Base.Item
      {...chosen}
      className={classNames(styles.item, danger && styles.danger)}
      disabled={disabled}
      onClick={onSelect}
    >
      {icon}
      <span className="grow">{label}</span>
      {hint && <span className={styles.hint}>{hint}</span>}
      {keys && <Keys keys={keys} />}
      {checked && <Check />}
    </Base.Item>
  )
}
