import { ScrollText } from 'lucide-react'
import { useFleet } from '#renderer/lib/fleet-context.tsx'
import { EmptyState } from '#renderer/ui/empty.tsx'
import { Select } from '#renderer/ui/select.tsx'
import { LogView } from './log-view.tsx'
import styles from './logs.module.css'

export interface LogsTarget {
  app: string
  machineId?: string | undefined
  title?: string | undefined
}

interface LogsPageProps {
  /** Absent = nothing is chosen yet. */
  target: LogsTarget | undefined
  onTarget: (target: LogsTarget) => void
}

const ALL = 'all'

/** Logs of any app or machine of the fleet. */
export function LogsPage({ target, onTarget }: LogsPageProps) {
  const { apps, machines } = useFleet()
  const ofApp = machines.filter(({ app }) => app === target?.app)
  const machineOptions = [
    { value: ALL, label: 'All machines' },
    ...ofApp.map(({ id, name, state }) => ({ value: id, label: name === '' ? id : `${name} (${id})`, hint: state })),
  ]
  // What is shown may be newer than the fleet's picture, or gone from it: it stays choosable.
  if (target?.machineId !== undefined && !ofApp.some(({ id }) => id === target.machineId))
    machineOptions.push({ value: target.machineId, label: target.machineId })

  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className="title">Logs</h1>
        <Select
          label="App"
          value={target?.app ?? ''}
          placeholder="Choose an app"
          options={appOptions(
            apps.map(({ name }) => name),
            target?.app,
          )}
          onChange={(app) => onTarget({ app })}
        />
        {target && (
          <Select
            label="Machine"
            value={target.machineId ?? ALL}
            options={machineOptions}
            onChange={(id) => onTarget(id === ALL ? { app: target.app } : { app: target.app, machineId: id })}
          />
        )}
      </div>
      {target ? (
        <LogView app={target.app} machineId={target.machineId} />
      ) : (
        <EmptyState icon={<ScrollText />} title="Whose logs?">
          Choose an app above. The logs of a single machine also open from its inspector.
        </EmptyState>
      )}
    </div>
  )
}

function appOptions(names: readonly string[], chosen: string | undefined) {
  const all = chosen === undefined || names.includes(chosen) ? names : [...names, chosen]
  return all.toSorted().map((name) => ({ value: name, label: name }))
}
