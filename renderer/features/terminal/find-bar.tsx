import { ArrowDown, ArrowUp, Search, X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import styles from './terminal.module.css'

interface FindBarProps {
  hits: { index: number; count: number } | undefined
  onFind: (text: string, direction: 'next' | 'previous') => void
  onClose: () => void
}

/** Enter finds the next hit, Shift+Enter the one before, Escape goes back to the shell. */
export function FindBar({ hits, onFind, onClose }: FindBarProps) {
  const [text, setText] = useState('')
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') onFind(text, event.shiftKey ? 'previous' : 'next')
    if (event.key === 'Escape') onClose()
  }
  return (
    <search className={styles.find}>
      <Search size={14} />
      <input
        aria-label="Find in terminal"
        // biome-ignore lint/a11y/noAutofocus: the bar is opened by a key, to be typed into
        autoFocus
        value={text}
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value)
          onFind(event.target.value, 'next')
        }}
        onKeyDown={handleKey}
      />
      <span className={styles.hits}>{text !== '' && hits && describeHits(hits)}</span>
      <IconButton size="s" label="Previous hit" keys="Shift+Enter" onClick={() => onFind(text, 'previous')}>
        <ArrowUp size={14} />
      </IconButton>
      <IconButton size="s" label="Next hit" keys="Enter" onClick={() => onFind(text, 'next')}>
        <ArrowDown size={14} />
      </IconButton>
      <IconButton size="s" label="Close find" keys="Escape" onClick={onClose}>
        <X size={14} />
      </IconButton>
    </search>
  )
}

/** xterm stops counting at 1,000 and then says -1. */
function describeHits({ index, count }: { index: number; count: number }): string {
  if (count === 0) return 'No hit'
  return index < 0 ? `${count} or more` : `${index + 1} of ${count}`
}
