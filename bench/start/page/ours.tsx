import '#renderer/tokens.css'
import '#renderer/base.css'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { machineColumns } from '#renderer/features/fleet/machine-columns.tsx'
import { MACHINE_FIELDS } from '#renderer/features/fleet/machine-query.ts'
import { compileQuery, parseQuery } from '#renderer/lib/fleet-query.ts'
import { DataTable } from '#renderer/ui/data-table.tsx'
import type { MachineRow } from '#shared/contracts/fleet.ts'
import { timeUntilShown } from '../contest.ts'
import { makeRows } from './rows.ts'

const root = document.querySelector('#root')
if (!root) throw new Error('The page has no #root.')
const rowId = ({ id }: MachineRow) => id
let rows: readonly MachineRow[] = []
let setText: (text: string) => void = () => {}

const COLUMNS = machineColumns(new Map())

function Table() {
  const [text, set] = useState('')
  setText = set
  const shown = text === '' ? rows : rows.filter(compileQuery(parseQuery(text, []), MACHINE_FIELDS))
  return <DataTable label="Machines" rows={shown} columns={COLUMNS} rowId={rowId} />
}

const showsFirst = (row: MachineRow | undefined) => () =>
  document.querySelector('tbody [role=row], tbody tr[aria-rowindex="2"]')?.textContent.includes(row?.id ?? '') ?? false

const sortButton = () =>
  [...document.querySelectorAll('th button')].find(({ textContent }) => textContent.trim() === 'Name')

window.contest = {
  mount: (count) => {
    rows = makeRows(count)
    return timeUntilShown(() => createRoot(root).render(<Table />), showsFirst(rows[0]))
  },
  sort: () => {
    const [first] = rows.toSorted((a, b) => (a.name < b.name ? -1 : 1))
    return timeUntilShown(
      () => sortButton()?.dispatchEvent(new MouseEvent('click', { bubbles: true })),
      showsFirst(first),
    )
  },
  filter: (text) => {
    const matches = compileQuery(parseQuery(text, []), MACHINE_FIELDS)
    const left = rows.filter(matches).length + 1
    const shows = () => document.querySelector('[aria-rowcount]')?.getAttribute('aria-rowcount') === String(left)
    return timeUntilShown(() => setText(text), shows)
  },
}
