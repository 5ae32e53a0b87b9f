import { FolderOpen } from 'lucide-react'
import { useMemo } from 'react'
import { formatElapsed, formatFullTime, formatTime, shortDigest, shortTag } from '#renderer/lib/format.ts'
import { StateText } from '#renderer/ui/chip.tsx'
import { useCopy } from '#renderer/ui/copy-context.ts'
import { DataTable } from '#renderer/ui/data-table.tsx'
import type { Column } from '#renderer/ui/data-table-column.ts'
import type { MenuEntry } from '#renderer/ui/menu-items.ts'
import type { Deployment } from '#shared/contracts/deploys.ts'
import { elapsed } from './deploy-time.ts'
import { deploymentLook } from './deployment-look.ts'
import styles from './deploys.module.css'
import { folderName } from './folder-name.ts'

interface HistoryTableProps {
  deployments: readonly Deployment[]
  loading: boolean
  onOpen: (id: string) => void
}

/** Every deployment of the account that Hangar made, from its database. */
export function HistoryTable({ deployments, loading, onOpen }: HistoryTableProps) {
  const copy = useCopy()
  const menuItems = useMemo(
    () =>
      (row: Deployment): MenuEntry[] => [
        { label: 'Open', icon: <FolderOpen />, keys: 'Enter', onSelect: () => onOpen(row.id) },
        { kind: 'separator' },
        ...(row.image ? [{ label: 'Copy image', onSelect: () => copy(row.image ?? '') }] : []),
        ...(row.digest ? [{ label: 'Copy digest', onSelect: () => copy(row.digest ?? '') }] : []),
        { label: 'Copy folder', onSelect: () => copy(row.folder) },
      ],
    [copy, onOpen],
  )
  return (
    <div className={styles.history}>
      <DataTable
        label="Deployments"
        rows={deployments}
        columns={COLUMNS}
        rowId={({ id }) => id}
        initialSort={{ column: 'when', descending: true }}
        onOpen={({ id }) => onOpen(id)}
        menuItems={menuItems}
        loading={loading}
      />
    </div>
  )
}

function StatusCell({ deployment }: { deployment: Deployment }) {
  const { tone, icon: Icon, word } = deploymentLook(deployment)
  return (
    <StateText tone={tone} icon={<Icon size={14} />} title={deployment.error?.message}>
      {word}
    </StateText>
  )
}

const tagOf = (image: string): string => shortTag(image.slice(image.lastIndexOf(':') + 1))
const tookText = (row: Deployment): string =>
  row.finishedAt === undefined ? '' : formatElapsed(elapsed(row, row.finishedAt))

const COLUMNS: readonly Column<Deployment>[] = [
  {
    id: 'status',
    header: 'Status',
    width: '184px',
    sortValue: ({ status }) => status,
    cell: (row) => <StatusCell deployment={row} />,
  },
  { id: 'app', header: 'App', look: 'strong', sortValue: ({ app }) => app, cell: ({ app }) => app },
  {
    id: 'release',
    header: 'Release',
    width: '72px',
    sortValue: ({ releaseVersion }) => releaseVersion,
    cell: ({ releaseVersion }) => (releaseVersion === undefined ? '' : `v${releaseVersion}`),
  },
  {
    id: 'image',
    header: 'Image',
    width: '96px',
    look: 'mono',
    cell: ({ image }) => <span title={image}>{image && tagOf(image)}</span>,
  },
  {
    id: 'digest',
    header: 'Digest',
    width: '176px',
    look: 'mono',
    leaves: 'at-1100',
    cell: ({ digest }) => <span title={digest}>{digest && shortDigest(digest)}</span>,
  },
  {
    id: 'folder',
    header: 'Folder',
    leaves: 'at-760',
    sortValue: ({ folder }) => folder,
    cell: ({ folder }) => <span title={folder}>{folderName(folder)}</span>,
  },
  { id: 'by', header: 'By', leaves: 'at-1100', sortValue: ({ by }) => by, cell: ({ by }) => by },
  {
    id: 'took',
    header: 'Took',
    width: '80px',
    align: 'end',
    sortValue: (row) => row.finishedAt && elapsed(row, row.finishedAt),
    cell: tookText,
  },
  {
    id: 'when',
    header: 'When',
    width: '112px',
    align: 'end',
    sortValue: ({ startedAt }) => startedAt,
    cell: ({ startedAt }) => <time title={formatFullTime(startedAt)}>{formatTime(startedAt, Date.now())}</time>,
  },
]
