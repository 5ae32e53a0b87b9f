import { AllCommunityModule, type ColDef, createGrid, type GridApi, ModuleRegistry } from 'ag-grid-community'
import type { MachineRow } from '#shared/contracts/fleet.ts'
import { timeUntilShown } from '../contest.ts'
import { makeRows } from './rows.ts'

ModuleRegistry.registerModules([AllCommunityModule])
const root = document.querySelector('#root')
if (!(root instanceof HTMLElement)) throw new Error('The page has no #root.')
let rows: MachineRow[] = []
let grid: GridApi<MachineRow> | undefined

/** The columns of our machine table, as plain text. */
const columnDefs: ColDef<MachineRow>[] = [
  { field: 'state' },
  { field: 'id' },
  { field: 'name' },
  { field: 'app' },
  { field: 'userId' },
  { field: 'region' },
  { headerName: 'Size', valueGetter: ({ data }) => `${data?.guest?.cpuKind} ${data?.guest?.memoryMb} MB` },
  { headerName: 'Image', valueGetter: ({ data }) => data?.image?.tag?.slice(-6) },
  { headerName: 'Checks', valueGetter: ({ data }) => `${data?.checks?.passing}/${data?.checks?.total}` },
  { field: 'since', valueFormatter: ({ value }) => `${Math.round((Date.now() - value) / 60_000)} min` },
  { field: 'monthEstimate' },
]

const showsFirst = (row: MachineRow | undefined) => () =>
  document.querySelector('.ag-row[row-index="0"]')?.textContent.includes(row?.id ?? '') ?? false

window.contest = {
  mount: (count) => {
    rows = makeRows(count)
    const mount = () => {
      grid = createGrid<MachineRow>(root, { columnDefs, rowData: rows, getRowId: ({ data }) => data.id, rowHeight: 32 })
    }
    return timeUntilShown(mount, showsFirst(rows[0]))
  },
  sort: () => {
    const [first] = rows.toSorted((a, b) => (a.name < b.name ? -1 : 1))
    const sort = () => grid?.applyColumnState({ state: [{ colId: 'name', sort: 'asc' }] })
    return timeUntilShown(sort, showsFirst(first))
  },
  filter: (text) =>
    timeUntilShown(
      () => grid?.setGridOption('quickFilterText', text),
      () => (grid?.getDisplayedRowCount() ?? rows.length) < rows.length,
    ),
}
