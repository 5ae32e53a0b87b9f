import { Ban } from 'lucide-react'
import { useMachine } from '#renderer/lib/fleet-context.tsx'
import { useIpc } from '#renderer/lib/ipc-context.ts'
import { useStream } from '#renderer/lib/use-stream.ts'
import { Button } from '#renderer/ui/button.tsx'
import { EmptyState } from '#renderer/ui/empty.tsx'
import { FailedCallout, FailedState } from '#renderer/ui/failed.tsx'
import { LoadingBlock } from '#renderer/ui/loading-rows.tsx'
import type { MachineRow } from '#shared/contracts/fleet.ts'
import styles from './inspector.module.css'
import { InspectorHead } from './inspector-head.tsx'
import { InspectorSections } from './inspector-sections.tsx'
import type { MachineActions } from './machine-menu.tsx'

interface MachineInspectorProps extends MachineActions {
  app: string
  id: string
  onClose: () => void
}

/** One machine in full, beside the table it was opened from. */
export function MachineInspector({ app, id, onClose, ...actions }: MachineInspectorProps) {
  const ipc = useIpc()
  const listed = useMachine(id)
  const detail = useStream((signal) => ipc.fleet.watchMachine({ app, id }, { signal }), [ipc, app, id])
  const row = listed ?? detail.latest?.row

  if (detail.status === 'failed' && detail.error.code === 'not-found') return <Gone id={id} onClose={onClose} />
  return (
    <aside className={styles.inspector} aria-label="Inspector">
      {row && <InspectorHead row={row} url={detail.latest?.url} onClose={onClose} actions={actions} />}
      <div className="scroll">
        {detail.status === 'failed' && <Problem row={row} error={detail.error} onRetry={detail.retry} />}
        {detail.latest && row && <InspectorSections detail={detail.latest} row={row} />}
        {detail.status === 'waiting' && (
          <div className={styles.waiting}>
            <LoadingBlock label="Loading the machine" lines={6} />
          </div>
        )}
      </div>
    </aside>
  )
}

interface ProblemProps {
  row: MachineRow | undefined
  error: Error
  onRetry: () => void
}

function Problem({ row, error, onRetry }: ProblemProps) {
  if (!row) return <FailedState title="Cannot read this machine" error={error} onRetry={onRetry} />
  return (
    <div className={styles.waiting}>
      <FailedCallout error={error} onRetry={onRetry} />
    </div>
  )
}

function Gone({ id, onClose }: { id: string; onClose: () => void }) {
  return (
    <aside className={styles.inspector} aria-label="Inspector">
      <EmptyState icon={<Ban />} title="This machine is gone" actions={<Button onClick={onClose}>Close</Button>}>
        <p>
          <code className="select-text">{id}</code> was destroyed elsewhere. Fly.io no longer knows it.
        </p>
      </EmptyState>
    </aside>
  )
}
