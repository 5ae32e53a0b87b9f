import { CirclePlay, CircleStop, Ellipsis, ExternalLink, RotateCw, ScrollText, SquareTerminal, X } from 'lucide-react'
import { useOpenLink } from '#renderer/lib/desktop.ts'
import { useTick } from '#renderer/lib/fleet-clock.ts'
import { changeOf, turningVerb } from '#renderer/lib/fleet-verbs.ts'
import { formatDuration } from '#renderer/lib/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { useCopy } from '#renderer/ui/copy-context.ts'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { MachineIdText } from '#renderer/ui/machine-text.tsx'
import { Menu } from '#renderer/ui/menu.tsx'
import { StateChip } from '#renderer/ui/state-chip.tsx'
import type { MachineRow } from '#shared/contracts/fleet.ts'
import { isStuck, verbsFor } from '#shared/machines/machine-state.ts'
import styles from './inspector.module.css'
import { type MachineActions, machineMenu, machineTitle, targetOf } from './machine-menu.tsx'

interface InspectorHeadProps {
  row: MachineRow
  url: string | undefined
  onClose: () => void
  actions: MachineActions
}

/** State, name, and what may be done. */
export function InspectorHead({ row, url, onClose, actions }: InspectorHeadProps) {
  const copy = useCopy()
  const openLink = useOpenLink()
  const since = useTick((now) => formatDuration(now - row.since))
  const stuck = useTick((now) => isStuck(row, now))
  const dashboard = `https://fly.io/apps/${row.app}/machines/${row.id}`
  const links = [
    ...(url ? [{ label: `Open ${new URL(url).host}`, icon: <ExternalLink />, onSelect: () => openLink(url) }] : []),
    { label: 'Open in the Fly dashboard', icon: <ExternalLink />, onSelect: () => openLink(dashboard) },
    { kind: 'separator' as const },
  ]
  return (
    <header className={styles.head}>
      <div className="row">
        <StateChip machine={row} now={stuck ? Number.MAX_SAFE_INTEGER : row.since} />
        <span className="small t2 num grow">{row.sinceExact ? `for ${since}` : `for at least ${since}`}</span>
        <Menu
          align="end"
          trigger={
            <IconButton size="s" label="More actions">
              <Ellipsis />
            </IconButton>
          }
          items={[...links, ...machineMenu({ row, actions, copy })]}
        />
        <IconButton size="s" label="Close the inspector" onClick={onClose}>
          <X />
        </IconButton>
      </div>
      <h2 className={`title ${styles.name}`}>{machineTitle(row)}</h2>
      <div className="row g1 small t2">
        <MachineIdText id={row.id} />
        <span className="t3 cut">{`in ${row.region}, ${row.app}`}</span>
      </div>
      <Verbs row={row} actions={actions} />
    </header>
  )
}

function Verbs({ row, actions }: Pick<InspectorHeadProps, 'row' | 'actions'>) {
  const { onOpenTerminal, onOpenLogs, onRequestChange } = actions
  const can = verbsFor(row.state)
  const turn = turningVerb(row)
  const turning = changeOf(turn, [row])
  const restarting = changeOf('restart', [row])
  return (
    <div className={styles.verbs}>
      {can.terminal && (
        <Button size="s" icon={<SquareTerminal size={14} />} onClick={() => onOpenTerminal(targetOf(row))}>
          Terminal
        </Button>
      )}
      <Button size="s" icon={<ScrollText size={14} />} onClick={() => onOpenLogs(targetOf(row))}>
        Logs
      </Button>
      <span className="grow" />
      {turning && (
        <Button
          size="s"
          icon={turn === 'start' ? <CirclePlay size={14} /> : <CircleStop size={14} />}
          onClick={() => onRequestChange(turning)}
        >
          {turn === 'start' ? 'Start' : 'Stop'}
        </Button>
      )}
      {restarting && (
        <IconButton size="s" label="Restart" onClick={() => onRequestChange(restarting)}>
          <RotateCw size={14} />
        </IconButton>
      )}
    </div>
  )
}
