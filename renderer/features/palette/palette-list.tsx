import type { ReactNode } from 'react'
import { Keys } from '#renderer/ui/kbd.tsx'
import styles from './command-palette.module.css'
import type { PaletteEntry } from './palette-entries.ts'
import type { Ranked } from './rank-entries.ts'

interface PaletteListProps {
  id: string
  results: readonly Ranked<PaletteEntry>[]
  /** Index of the highlighted line. */
  active: number
  onPoint: (index: number) => void
  onRun: (entry: PaletteEntry) => void
}

export function PaletteList({ id, results, active, onPoint, onRun }: PaletteListProps) {
  const groups = Map.groupBy(results.entries(), ([, { entry }]) => entry.group)
  return (
    <>
      {results.length === 0 && (
        <p className={styles.nothing} role="status">
          Nothing by that name. Machines are found by id, name, app, user and region.
        </p>
      )}
      <div id={id} role="listbox" aria-label="Results" className={styles.list}>
        {[...groups].map(([group, lines]) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand inside a listbox
          <div key={group} role="group" aria-label={group}>
            <div aria-hidden="true" className={styles.group}>
              {group}
            </div>
            {lines.map(([index, { entry, marks }]) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field above it takes the keys
              // biome-ignore lint/a11y/useFocusableInteractive: options are pointed at by aria-activedescendant
              <div
                key={entry.id}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                className={styles.line}
                onMouseMove={() => index !== active && onPoint(index)}
                onClick={() => onRun(entry)}
              >
                {entry.icon}
                <span className="grow cut">{marked(entry.label, marks)}</span>
                {entry.hint && <span className={styles.hint}>{entry.hint}</span>}
                {entry.keys && <Keys keys={entry.keys} />}
              </div>
            ))}
          </div>
        ))}
      </div>
    </>
  )
}

function marked(label: string, marks: Ranked<PaletteEntry>['marks']): ReactNode[] {
  const parts: ReactNode[] = []
  let from = 0
  for (const [start, end] of marks) {
    parts.push(label.slice(from, start), <mark key={start}>{label.slice(start, end)}</mark>)
    from = end
  }
  return [...parts, label.slice(from)]
}
