import { Boxes, Hammer, Layers, type LucideIcon, User } from 'lucide-react'
import { formatCount, formatMoney } from '#renderer/lib/format.ts'
import type { Column } from '#renderer/ui/data-table-column.ts'
import { ImageTag } from '#renderer/ui/machine-text.tsx'
import type { AppRow } from '#shared/contracts/fleet.ts'
import styles from './fleet.module.css'

const LAYOUTS: Readonly<Record<AppRow['layout'], readonly [word: string, icon: LucideIcon]>> = {
  workspaces: ['A machine per user', Boxes],
  workspace: ["One user's own app", User],
  service: ['Service', Layers],
  builder: ['Builder', Hammer],
}

export const APP_COLUMNS: readonly Column<AppRow>[] = [
  {
    id: 'name',
    header: 'App',
    look: 'strong',
    sortValue: ({ name }) => name,
    cell: ({ name, layout }) => <AppName name={name} layout={layout} />,
  },
  { id: 'org', header: 'Organization', leaves: 'at-1100', sortValue: ({ org }) => org, cell: ({ org }) => org },
  {
    id: 'layout',
    header: 'For',
    width: '148px',
    leaves: 'at-760',
    sortValue: ({ layout }) => layout,
    cell: ({ layout }) => LAYOUTS[layout][0],
  },
  {
    id: 'status',
    header: 'Status',
    width: '92px',
    leaves: 'at-760',
    sortValue: ({ status }) => status,
    cell: ({ status }) => status,
  },
  {
    id: 'machines',
    header: 'Machines',
    width: '168px',
    sortValue: ({ machines }) => machines.total,
    cell: ({ machines }) => <Machines machines={machines} />,
  },
  {
    id: 'volumes',
    header: 'Volumes',
    width: '76px',
    align: 'end',
    leaves: 'at-760',
    sortValue: ({ volumes }) => volumes,
    cell: ({ volumes }) => formatCount(volumes),
  },
  {
    id: 'regions',
    header: 'Regions',
    width: '132px',
    look: 'mono',
    sortValue: ({ regions }) => regions.join(' '),
    cell: ({ regions }) => <span title={regions.join(', ')}>{regions.join(' ') || '–'}</span>,
  },
  {
    id: 'image',
    header: 'Image',
    width: '96px',
    leaves: 'at-1100',
    sortValue: ({ image }) => image?.tag,
    cell: ({ image }) => <ImageTag image={image} />,
  },
  {
    id: 'estimate',
    header: 'Est./mo',
    width: '100px',
    align: 'end',
    look: 'strong',
    sortValue: ({ monthEstimate }) => Number(monthEstimate),
    cell: ({ monthEstimate }) => formatMoney(monthEstimate, { digits: 2 }),
  },
]

function AppName({ name, layout }: Pick<AppRow, 'name' | 'layout'>) {
  const Icon = LAYOUTS[layout][1]
  return (
    <span className={styles.named} title={name}>
      <Icon size={14} aria-hidden="true" />
      {name}
    </span>
  )
}

function Machines({ machines }: Pick<AppRow, 'machines'>) {
  return (
    <span className="num">
      {`${formatCount(machines.started)} of ${formatCount(machines.total)} running`}
      {machines.failing > 0 && <span className="c-warn">{`, ${formatCount(machines.failing)} failing`}</span>}
    </span>
  )
}
