import { Unplug } from 'lucide-react'
import { memo } from 'react'
import type { LogRow } from './log-buffer.ts'
import { type LogSpan, toSpans } from './log-spans.ts'
import { gapWords, lineTime } from './log-words.ts'
import styles from './logs.module.css'

interface LogRowProps {
  row: LogRow
  wanted: string
}

export const LogRowView = memo(function LogRowView({ row, wanted }: LogRowProps) {
  if (row.kind === 'gap')
    return (
      <div className={styles.gap}>
        <Unplug size={14} />
        {gapWords(row)}
      </div>
    )
  const { timestamp, level, machineId, provider, region, message } = row.line
  return (
    <div className={styles.line} data-level={level}>
      <time dateTime={timestamp} title={timestamp}>
        {lineTime(timestamp)}
      </time>
      <span className={styles.level}>{level}</span>
      <span className={styles.machine} title={`${provider} ${machineId} ${region}`}>
        {machineId || `${provider}[${region}]`}
      </span>
      <span className={styles.text}>
        {toSpans(message, wanted).map((span, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name and never move
          <Span key={index} span={span} />
        ))}
      </span>
    </div>
  )
})

function Span({ span: { text, hit, color, background, bold, dim, italic, underline } }: { span: LogSpan }) {
  if (hit) return <mark className={styles.hit}>{text}</mark>
  // On a coloured ground the program's own ink could vanish in one of the themes; the plane's colour is readable in both.
  const ink = background ? 'var(--sunken)' : (color ?? (dim ? 'var(--text-3)' : undefined))
  const style = {
    ...(ink && { color: ink }),
    ...(background && { background }),
    ...(bold && { fontWeight: 600 }),
    ...(italic && { fontStyle: 'italic' }),
    ...(underline && { textDecoration: 'underline' }),
  }
  return <span style={style}>{text}</span>
}
