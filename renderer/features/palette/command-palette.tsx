import { Dialog as Base } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react'
import { Keys } from '#renderer/ui/kbd.tsx'
import styles from './command-palette.module.css'
import type { PaletteEntry } from './palette-entries.ts'
import { PaletteList } from './palette-list.tsx'
import { rankEntries } from './rank-entries.ts'

interface CommandPaletteProps {
  /** Null = closed; `>` = commands only. */
  prefix: '' | '>' | null
  entries: readonly PaletteEntry[]
  /** What the commands are about: "ws-8812 is open". */
  context?: string | undefined
  onClose: () => void
}

export function CommandPalette({ prefix, ...rest }: CommandPaletteProps) {
  return (
    <Base.Root open={prefix !== null} onOpenChange={(open) => !open && rest.onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.scrim} />
        <Base.Popup className={styles.palette} aria-label="Search or run a command">
          {prefix !== null && <Palette key={prefix} prefix={prefix} {...rest} />}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

function Palette({ prefix, entries, context, onClose }: CommandPaletteProps) {
  const [text, setText] = useState<string>(prefix ?? '')
  const [active, setActive] = useState(0)
  const listId = useId()
  const commandsOnly = text.startsWith('>')
  const results = useMemo(() => {
    const among = commandsOnly ? entries.filter(({ group }) => group === 'Commands' || group === 'Go to') : entries
    return rankEntries(among, commandsOnly ? text.slice(1) : text)
  }, [entries, text, commandsOnly])
  const index = Math.min(active, Math.max(0, results.length - 1))

  useEffect(() => {
    document.getElementById(`${listId}-${index}`)?.scrollIntoView?.({ block: 'nearest' })
  }, [listId, index])

  const run = (entry: PaletteEntry) => {
    onClose()
    entry.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const chosen = results[index]
    if (step !== undefined && results.length > 0) setActive((index + step + results.length) % results.length)
    else if (event.key === 'Enter' && chosen) run(chosen.entry)
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className={styles.ask}>
        <Search />
        <input
          aria-label="Search or run a command"
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={results.length > 0 ? `${listId}-${index}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder="Machine, user, app, page or command"
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
        />
        {context && <span className={styles.context}>{context}</span>}
      </div>
      <PaletteList id={listId} results={results} active={index} onPoint={setActive} onRun={run} />
      <div className={styles.foot}>
        <span>
          <Keys keys="ArrowUp" />
          <Keys keys="ArrowDown" />
          move
        </span>
        <span>
          <Keys keys="Enter" />
          run
        </span>
        <span className="grow" />
        <span>
          <Keys keys=">" />
          commands only
        </span>
      </div>
    </>
  )
}
