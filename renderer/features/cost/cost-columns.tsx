import { formatCount, formatMoney } from '#renderer/lib/format.ts'
import type { Column } from '#renderer/ui/data-table-column.ts'
import type { AppCost } from '#shared/contracts/cost.ts'
import { Bar } from './bars.tsx'

/** Bars are as long as their share of the dearest app. */
export function appColumns(apps: readonly AppCost[]): readonly Column<AppCost>[] {
  const most = apps.reduce((highest, { monthForecast }) => Math.max(highest, Number(monthForecast.total)), 0)
  return [
    {
      id: 'app',
      header: 'App',
      look: 'strong',
      sortValue: ({ app }) => app,
      cell: ({ app }) => <span title={app}>{app}</span>,
    },
    {
      id: 'machines',
      header: 'Machines',
      width: '116px',
      leaves: 'at-760',
      sortValue: ({ machines }) => machines,
      cell: ({ machines, startedMachines }) => `${formatCount(startedMachines)} of ${formatCount(machines)} run`,
    },
    {
      id: 'bar',
      header: 'Share',
      headerHidden: true,
      width: '80px',
      cell: ({ monthForecast }) => <Bar share={most > 0 ? Number(monthForecast.total) / most : 0} />,
    },
    {
      id: 'stopped',
      header: 'Stopped',
      width: '84px',
      align: 'end',
      leaves: 'at-760',
      sortValue: ({ monthForecast }) => Number(monthForecast.stopped),
      cell: ({ monthForecast }) => formatMoney(monthForecast.stopped, { digits: 2 }),
    },
    {
      id: 'volumes',
      header: 'Volumes',
      width: '84px',
      align: 'end',
      leaves: 'at-760',
      sortValue: ({ monthForecast }) => Number(monthForecast.volumes),
      cell: ({ monthForecast }) => formatMoney(monthForecast.volumes, { digits: 2 }),
    },
    {
      id: 'spent',
      header: 'So far',
      width: '88px',
      align: 'end',
      sortValue: ({ monthToDate }) => Number(monthToDate.total),
      cell: ({ monthToDate }) => formatMoney(monthToDate.total, { digits: 2 }),
    },
    {
      id: 'forecast',
      header: 'Forecast',
      width: '96px',
      align: 'end',
      look: 'strong',
      sortValue: ({ monthForecast }) => Number(monthForecast.total),
      cell: ({ monthForecast }) => formatMoney(monthForecast.total, { digits: 2 }),
    },
  ]
}
