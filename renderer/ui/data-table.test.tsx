import { fireEvent, render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import '#renderer/test/render.tsx'
import { DataTable, type DataTableProps } from './data-table.tsx'
import type { Column } from './data-table-column.ts'
import { NO_MARKS } from './data-table-selection.ts'

interface Pet {
  id: string
  name: string
  age?: number
}

const COLUMNS: Column<Pet>[] = [
  { id: 'name', header: 'Name', sortValue: ({ name }) => name, cell: ({ name }) => name },
  { id: 'age', header: 'Age', align: 'end', sortValue: ({ age }) => age, cell: ({ age }) => age ?? '–' },
  { id: 'link', header: 'Link', cell: () => <button type="button">Go</button> },
]
const PETS: Pet[] = [
  { id: 'p1', name: 'Bo', age: 9 },
  { id: 'p2', name: 'Ada', age: 12 },
  { id: 'p3', name: 'Cy' },
]
const petId = ({ id }: Pet) => id

function Pets(props: Partial<DataTableProps<Pet>>) {
  const [marks, setMarks] = useState(NO_MARKS)
  return (
    <>
      <DataTable
        label="Pets"
        rows={PETS}
        columns={COLUMNS}
        rowId={petId}
        marks={marks}
        onMarksChange={setMarks}
        initialSort={{ column: 'name', descending: false }}
        {...props}
      />
      <output>{[...marks.ids].join()}</output>
    </>
  )
}

const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getAllByRole('cell')[1]?.textContent)
const marked = () => screen.getByRole('status').textContent

test('a click on a head sorts, a second one turns it round, and rows without a value stay last', async () => {
  render(<Pets />)
  expect(names()).toEqual(['Ada', 'Bo', 'Cy'])
  await userEvent.click(screen.getByRole('button', { name: 'Age' }))
  expect(names()).toEqual(['Bo', 'Ada', 'Cy'])
  expect(screen.getByRole('columnheader', { name: 'Age' }).getAttribute('aria-sort')).toBe('ascending')
  await userEvent.click(screen.getByRole('button', { name: 'Age' }))
  expect(names()).toEqual(['Ada', 'Bo', 'Cy'])
  expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('none')
})

test('arrows walk, Space marks, Shift marks a range, Ctrl+A marks all and Escape lets go', async () => {
  render(<Pets />)
  screen.getByRole('grid', { name: 'Pets' }).focus()
  await userEvent.keyboard('{ArrowDown} ')
  expect(marked()).toBe('p2')
  await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}')
  expect(marked()).toBe('p2,p1')
  await userEvent.keyboard('{Control>}a{/Control}')
  expect(marked()).toBe('p2,p1,p3')
  await userEvent.keyboard('{Escape}')
  expect(marked()).toBe('')
})

test('Enter and a click open a row; a button in a cell keeps its click', async () => {
  const opened: string[] = []
  render(<Pets onOpen={({ id }) => opened.push(id)} />)
  screen.getByRole('grid').focus()
  await userEvent.keyboard('{End}{Enter}')
  await userEvent.click(screen.getByRole('cell', { name: 'Bo' }))
  await userEvent.click(screen.getAllByRole('button', { name: 'Go' })[0] ?? document.body)
  expect(opened).toEqual(['p3', 'p1'])
})

test('a checkbox marks without opening, and the one in the head marks all shown', async () => {
  const opened: string[] = []
  render(<Pets onOpen={({ id }) => opened.push(id)} />)
  await userEvent.click(screen.getAllByRole('checkbox', { name: 'Select' })[0] ?? document.body)
  expect(marked()).toBe('p2')
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select all shown' }))
  expect(marked()).toBe('p2,p1,p3')
  expect(opened).toEqual([])
})

test('keys the table has no use for reach the page with the current row', async () => {
  const keys: string[] = []
  render(<Pets onRowKey={({ key }, { id }) => keys.push(`${key} ${id}`)} />)
  screen.getByRole('grid').focus()
  await userEvent.keyboard('s{ArrowDown}s')
  expect(keys).toEqual(['s p2'])
})

test('the right button offers the menu of that row', async () => {
  const destroyed: string[] = []
  render(<Pets menuItems={({ id }) => [{ label: 'Destroy', onSelect: () => destroyed.push(id) }]} />)
  fireEvent.contextMenu(screen.getByRole('cell', { name: 'Cy' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Destroy' }))
  expect(destroyed).toEqual(['p3'])
})

test('of ten thousand rows only those near the screen are drawn', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => ({ id: `p${index}`, name: `Pet ${index}` }))
  render(<Pets rows={many} />)
  expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('10001')
  expect(screen.getAllByRole('row').length).toBeLessThan(60)
})

test('an empty table says what it was given to say, unless it is still reading', () => {
  const { rerender } = render(<Pets rows={[]} instead={<p>No pets</p>} loading />)
  expect(screen.queryByText('No pets')).toBeNull()
  rerender(<Pets rows={[]} instead={<p>No pets</p>} />)
  expect(screen.getByText('No pets')).toBeDefined()
})
