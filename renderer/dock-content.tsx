import { type DockTab, setSession } from './features/frame/dock-tabs.ts'
import { LogView, TerminalView } from './lazy-parts.ts'
import { useWorkbench } from './workbench-context.ts'

/** What a tab of the dock holds. */
export function DockContent({ tab }: { tab: DockTab }) {
  const { dock } = useWorkbench()
  const { id, kind, app, machineId, title, sessionId } = tab
  if (kind === 'terminal' && machineId !== undefined) {
    return (
      <TerminalView
        app={app}
        machineId={machineId}
        title={title}
        {...(sessionId === undefined ? {} : { sessionId })}
        onSession={(next) => dock.change((state) => setSession(state, id, next))}
      />
    )
  }
  return <LogView app={app} {...(machineId === undefined ? {} : { machineId })} />
}
