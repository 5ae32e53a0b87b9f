import { RotateCw, Search, Unplug } from 'lucide-react'
import { useRef } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { FindBar } from './find-bar.tsx'
import styles from './terminal.module.css'
import { type TerminalTarget, useTerminal } from './use-terminal.ts'

/** A console on one machine. Give it a `key` per tab: it follows one target for as long as it is mounted. */
export function TerminalView(target: TerminalTarget) {
  const container = useRef<HTMLDivElement>(null)
  const { state, link, hits, finding, startFind, find, endFind, reconnect } = useTerminal(container, target)
  return (
    <section className={styles.view} aria-label={`Terminal ${target.title}`}>
      <div className={styles.screen}>
        <div className={styles.host} ref={container} />
      </div>
      {finding ? (
        <FindBar hits={hits} onFind={find} onClose={endFind} />
      ) : (
        <span className={styles.open}>
          <IconButton size="s" label="Find in terminal" keys="Ctrl+Shift+F" onClick={startFind}>
            <Search size={14} />
          </IconButton>
        </span>
      )}
      {state.status === 'connecting' && (
        <p className={styles.note} role="status">
          Connecting to <code>{target.machineId}</code> …
        </p>
      )}
      {link !== undefined && <p className={styles.note}>Ctrl+click opens {link}</p>}
      {state.status === 'closed' && (
        <div className={styles.gone} role="alert">
          <Unplug size={16} className="c-warn" />
          <span className="grow">{state.reason}</span>
          <Button variant="primary" icon={<RotateCw size={14} />} onClick={reconnect}>
            Reconnect
          </Button>
        </div>
      )}
    </section>
  )
}
