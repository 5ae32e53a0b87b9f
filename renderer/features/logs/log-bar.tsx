import { Bug, CircleX, Copy, Eraser, Info, Pause, Play, TriangleAlert, WrapText } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatCount } from '#renderer/lib/format.ts'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { SearchField } from '#renderer/ui/search-field.tsx'
import type { LogLevel } from '#shared/contracts/logs.ts'
import type { LogBuffer } from './log-buffer.ts'
import type { LogFilter } from './log-filter.ts'
import styles from './logs.module.css'

interface LogBarProps {
  buffer: LogBuffer
  filter: LogFilter
  onFilter: (filter: LogFilter) => void
  wrap: boolean
  onWrap: (wrap: boolean) => void
  following: boolean
  onFollow: (following: boolean) => void
  onCopy: () => void
  onClear: () => void
}

const LEVELS: readonly { level: LogLevel; word: string; icon: ReactNode }[] = [
  { level: 'error', word: 'Error', icon: <CircleX size={14} className="c-bad" /> },
  { level: 'warn', word: 'Warn', icon: <TriangleAlert size={14} className="c-warn" /> },
  { level: 'info', word: 'Info', icon: <Info size={14} /> },
  { level: 'debug', word: 'Debug', icon: <Bug size={14} /> },
]

/** What is shown of the lines, and what can be done with them. */
export function LogBar(props: LogBarProps) {
  const { buffer, filter, onFilter, wrap, onWrap, following, onFollow, onCopy, onClear } = props
  return (
    <div className={styles.bar}>
      <SearchField
        label="Filter lines"
        placeholder="Filter by text, machine or region"
        value={filter.text}
        onChange={(text) => onFilter({ ...filter, text })}
      />
      <fieldset className={styles.levels} aria-label="Levels">
        {LEVELS.map(({ level, word, icon }) => (
          <button
            key={level}
            type="button"
            aria-pressed={!filter.hidden.has(level)}
            aria-label={`${word} ${formatCount(buffer.counts[level])}`}
            title={filter.hidden.has(level) ? `Show ${word.toLowerCase()} lines` : `Hide ${word.toLowerCase()} lines`}
            onClick={() => onFilter({ ...filter, hidden: toggled(filter.hidden, level) })}
          >
            {icon}
            <span className={styles.word}>{word}</span>{' '}
            <span className={styles.count}>{formatCount(buffer.counts[level])}</span>
          </button>
        ))}
      </fieldset>
      <IconButton size="s" label="Wrap long lines" pressed={wrap} onClick={() => onWrap(!wrap)}>
        <WrapText size={14} />
      </IconButton>
      <IconButton
        size="s"
        label="Copy selection or all shown lines"
        onMouseDown={(event) => event.preventDefault()}
        onClick={onCopy}
      >
        <Copy size={14} />
      </IconButton>
      <IconButton size="s" label="Clear this view" onClick={onClear}>
        <Eraser size={14} />
      </IconButton>
      <IconButton
        size="s"
        label={following ? 'Pause' : 'Follow'}
        keys={following ? undefined : 'End'}
        onClick={() => onFollow(!following)}
      >
        {following ? <Pause size={14} /> : <Play size={14} />}
      </IconButton>
    </div>
  )
}

function toggled(hidden: ReadonlySet<LogLevel>, level: LogLevel): ReadonlySet<LogLevel> {
  return hidden.has(level) ? new Set([...hidden].filter((each) => each !== level)) : new Set([...hidden, level])
}
