import type { OutputLine } from '#shared/contracts/deploys.ts'
import styles from './deploy-log.module.css'

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

export function LogLine({ line: { at, text } }: { line: OutputLine }) {
  return (
    <>
      <span className={styles.at}>{clock.format(at)}</span>
      <span data-look={lookOf(text)}>{text}</span>
    </>
  )
}

/** Colour for the few lines a reader looks for. */
export function lookOf(text: string): 'head' | 'good' | 'bad' | 'warn' | undefined {
  if (/^(Error:|✖|✘)|^#\d+ ERROR|\bnpm (ERR!|error)/.test(text)) return 'bad'
  if (/^==>/.test(text)) return 'head'
  if (/^(✔|✓|--> .+ done)/.test(text)) return 'good'
  return /^WARN\b|\bwarning\b/i.test(text) ? 'warn' : undefined
}
