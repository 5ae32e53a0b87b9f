import { CirclePlay, CircleStop, Ellipsis, SquareTerminal } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { useTick } from '#renderer/lib/fleet-clock.ts'
import { changeOf, turningVerb } from '#renderer/lib/fleet-verbs.ts'
import { formatAge, formatBytes, formatGuest, formatMoney, formatPercent } from '#renderer/lib/format.ts'
import type { Column } from '#renderer/ui/data-table-column.ts'
import { Meter } from '#renderer/ui/progress.tsx'
import { StateCell } from '#renderer/ui/state-chip.tsx'
import type { MachineRow, VolumeRow } from '#shared/contracts/fleet.ts'
import { isStuck, machineStateLook, verbsFor } from '#shared/machines/machine-state.ts'
import { targetOf, type WorkspaceTools } from './workspace-actions.tsx'
import type { WorkspaceRow } from './workspace-rows.ts'
import styles from './workspaces.module.css'

type ColumnTools = Omit<WorkspaceTools, 'copy'>

export const workspaceColumns = (tools: ColumnTools): readonly Column<WorkspaceRow>[] => [
  {
    id: 'user',
    header: 'User',
    look: 'strong',
    sortValue: ({ machine }) => machine.userId?.toLowerCase(),
    cell: ({ machine }) => machine.userId ?? <span className="t3">not known</span>,
  },
  {
    id: 'state',
    header: 'State',
    width: '128px',
    sortValue: ({ machine }) => machineStateLook(machine, machine.since).word,
    cell: ({ machine }) => <WorkspaceState machine={machine} />,
  },
  {
    id: 'region',
    header: 'Region',
    width: '68px',
    look: 'mono',
    sortValue: ({ machine }) => machine.region,
    cell: ({ machine }) => machine.region,
  },
  {
    id: 'app',
    header: 'App',
    sortValue: ({ machine }) => `${machine.app} ${machine.userId ?? ''}`,
    cell: (row) => <Address row={row} openApp={tools.openApp} />,
  },
  {
    id: 'size',
    header: 'Size',
    width: '160px',
    leaves: 'at-1040',
    sortValue: ({ machine: { guest } }) => guest && guest.cpus * 1e9 + guest.memoryMb,
    cell: ({ machine: { guest } }) =>
      guest ? <span className="num">{formatGuest(guest)}</span> : <span className="t3">–</span>,
  },
  {
    id: 'volume',
    header: 'Volume',
    width: '160px',
    leaves: 'at-760',
    sortValue: ({ volume }) => volume && shareOf(volume),
    cell: ({ volume }) => <VolumeFill volume={volume} />,
  },
  {
    id: 'seen',
    header: 'Last seen',
    width: '96px',
    align: 'end',
    sortValue: ({ machine }) => (machine.state === 'started' ? 0 : -machine.since),
    cell: ({ machine }) => <LastSeen machine={machine} />,
  },
  {
    id: 'month',
    header: 'Est./mo',
    width: '84px',
    align: 'end',
    look: 'strong',
    sortValue: ({ month }) => Number(month),
    cell: ({ month }) => formatMoney(month, { digits: 2 }),
  },
  {
    id: 'actions',
    header: 'Actions',
    headerHidden: true,
    width: '112px',
    align: 'end',
    cell: (row) => <Actions row={row} tools={tools} />,
  },
]

function WorkspaceState({ machine }: { machine: MachineRow }) {
  const stuck = useTick((now) => isStuck(machine, now))
  return <StateCell machine={machine} now={stuck ? Number.MAX_SAFE_INTEGER : machine.since} />
}

function Address({ row: { machine, host }, openApp }: { row: WorkspaceRow; openApp: (app: string) => void }) {
  if (!host) return <span title={machine.app}>{machine.app}</span>
  return (
    <button type="button" className={`link ${styles.address}`} title={host} onClick={() => openApp(machine.app)}>
      {host}
    </button>
  )
}

const shareOf = ({ bytesUsed, bytesTotal }: VolumeRow): number | undefined =>
  bytesUsed === undefined || !bytesTotal ? undefined : bytesUsed / bytesTotal

/** A full volume stops its workspace: amber from 80 %, red from 95 %. */
function toneOf(share: number): 'warn' | 'bad' | undefined {
  if (share >= 0.95) return 'bad'
  return share >= 0.8 ? 'warn' : undefined
}

function VolumeFill({ volume }: { volume: VolumeRow | undefined }) {
  if (!volume) return <span className="t3">none</span>
  const share = shareOf(volume)
  if (share === undefined) return <span className="num">{`${volume.sizeGb} GB`}</span>
  const tone = toneOf(share)
  return (
    <span className={styles.fill} title={`${volume.id}: ${formatBytes(volume.bytesUsed ?? 0)} of ${volume.sizeGb} GB`}>
      <Meter label={`Used of ${volume.id}`} share={share} {...(tone && { tone })} />
      <span className="num">{`${formatPercent(share)} of ${volume.sizeGb} GB`}</span>
    </span>
  )
}

/** A running workspace is seen now; one at rest was last seen when it came to rest. */
function LastSeen({ machine: { state, since } }: { machine: MachineRow }) {
  return useTick((now) => (state === 'started' ? 'now' : formatAge(since, now)))
}

function Actions({ row, tools }: { row: WorkspaceRow; tools: ColumnTools }) {
  const { machine } = row
  const turn = turningVerb(machine)
  const turning = changeOf(turn, [machine])
  const name = machine.userId ?? machine.id
  return (
    <span className={styles.actions}>
      {verbsFor(machine.state).terminal && (
        <RowButton label={`Terminal of ${name}`} onClick={() => tools.onOpenTerminal(targetOf(row))}>
          <SquareTerminal size={14} />
        </RowButton>
      )}
      {turning && (
        <RowButton
          label={`${turn === 'start' ? 'Start' : 'Stop'} ${name}`}
          onClick={() => tools.onRequestChange(turning)}
        >
          {turn === 'start' ? <CirclePlay size={14} /> : <CircleStop size={14} />}
        </RowButton>
      )}
      <RowButton label={`More for ${name}`} onClick={openRowMenu}>
        <Ellipsis size={14} />
      </RowButton>
    </span>
  )
}

interface RowButtonProps {
  label: string
  onClick: (event: MouseEvent<HTMLButtonElement>) => void
  children: ReactNode
}

/** Drawn in every row, so it is markup alone: its tooltip is a title. */
function RowButton({ label, onClick, children }: RowButtonProps) {
  return (
    <button type="button" tabIndex={-1} className={styles.rowButton} aria-label={label} title={label} onClick={onClick}>
      {children}
    </button>
  )
}

/** Opens the menu the right button opens, below the button. */
function openRowMenu({ currentTarget }: MouseEvent<HTMLButtonElement>): void {
  const { left, bottom } = currentTarget.getBoundingClientRect()
  currentTarget.dispatchEvent(
    new window.MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left, clientY: bottom }),
  )
}
