import { formatMoney } from '#renderer/lib/format.ts'
import type { Column } from '#renderer/ui/data-table-column.ts'
import { ImageTag } from '#renderer/ui/machine-text.tsx'
import type { Image, MachineRow } from '#shared/contracts/fleet.ts'
import { machineStateLook } from '#shared/machines/machine-state.ts'
import { drifts } from './drift.ts'
import { ChecksCell, MachineStateCell, SinceCell, SizeCell } from './machine-cells.tsx'

/** What wants a look first, then what runs, then the rest. */
const TONE_ORDER = { bad: 0, warn: 1, busy: 2, ok: 3, sleep: 4, off: 5 }

/** `usual`: the image most machines of each app run. */
export const machineColumns = (usual: ReadonlyMap<string, Image>): readonly Column<MachineRow>[] => [
  {
    id: 'state',
    header: 'State',
    width: '116px',
    narrowWidth: '88px',
    sortValue: (row) => {
      const { tone, word } = machineStateLook(row, row.since)
      return `${TONE_ORDER[tone]} ${word}`
    },
    cell: (row) => <MachineStateCell row={row} />,
  },
  {
    id: 'id',
    header: 'Machine',
    width: '132px',
    narrowWidth: '112px',
    look: 'mono-strong',
    sortValue: ({ id }) => id,
    cell: ({ id }) => id,
  },
  {
    id: 'name',
    header: 'Name',
    leaves: 'at-1040',
    sortValue: ({ name }) => name,
    cell: ({ name }) => <span title={name}>{name}</span>,
  },
  {
    id: 'app',
    header: 'App',
    sortValue: ({ app, id }) => `${app} ${id}`,
    cell: ({ app }) => <span title={app}>{app}</span>,
  },
  {
    id: 'user',
    header: 'User',
    width: '104px',
    narrowWidth: '84px',
    leaves: 'at-640',
    look: 'strong',
    sortValue: ({ userId }) => userId?.toLowerCase(),
    cell: ({ userId }) => userId ?? <span className="t3">–</span>,
  },
  {
    id: 'region',
    header: 'Region',
    width: '64px',
    narrowWidth: '52px',
    look: 'mono',
    sortValue: ({ region }) => region,
    cell: ({ region }) => region,
  },
  {
    id: 'size',
    header: 'Size',
    width: '168px',
    narrowWidth: '124px',
    leaves: 'at-760',
    sortValue: ({ guest }) => guest && guest.cpus * 1e9 + guest.memoryMb,
    cell: ({ guest }) => <SizeCell guest={guest} />,
  },
  {
    id: 'image',
    header: 'Image',
    width: '112px',
    narrowWidth: '108px',
    leaves: 'at-760',
    sortValue: ({ image }) => image?.tag,
    cell: ({ image, app }) => <ImageTag image={image} drift={drifts(image, usual.get(app))} />,
  },
  {
    id: 'checks',
    header: 'Checks',
    width: '72px',
    narrowWidth: '60px',
    leaves: 'at-760',
    sortValue: ({ checks }) => checks && checks.passing - checks.total,
    cell: ({ checks }) => <ChecksCell checks={checks} />,
  },
  {
    id: 'since',
    header: 'Since',
    width: '80px',
    narrowWidth: '78px',
    align: 'end',
    sortValue: ({ since }) => -since,
    cell: (row) => <SinceCell row={row} />,
  },
  {
    id: 'estimate',
    header: 'Est./mo',
    width: '84px',
    narrowWidth: '72px',
    align: 'end',
    look: 'strong',
    sortValue: ({ monthEstimate }) => Number(monthEstimate),
    cell: ({ monthEstimate }) => formatMoney(monthEstimate, { digits: 2 }),
  },
]
