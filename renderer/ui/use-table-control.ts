import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useRef, useState } from 'react'
import type { DataTableProps } from './data-table.tsx'
import { destination, type TableCommand, tableCommand } from './data-table-keys.ts'
import { type Marks, markAll, markRange, NO_MARKS, toggleMark } from './data-table-selection.ts'
import type { RowWindow } from './use-row-window.ts'

interface TableControl<Row extends object>
  extends Pick<
    DataTableProps<Row>,
    'rowId' | 'marks' | 'onMarksChange' | 'openId' | 'onOpen' | 'onClose' | 'onRowKey'
  > {
  ordered: readonly Row[]
  rowWindow: RowWindow
}

/** The row the keys act on, and what keys and clicks do to it. */
export function useTableControl<Row extends object>(options: TableControl<Row>) {
  const { ordered, rowWindow, rowId } = options
  const [currentId, setCurrentId] = useState<string>()
  const currentIndex = currentId === undefined ? -1 : ordered.findIndex((row) => rowId(row) === currentId)
  const current = ordered[currentIndex]
  // Rows are memoised, so their click handler must stay the same while it sees the newest props.
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })

  const onPress = useCallback((event: MouseEvent, row: Row) => {
    const { rowId, ordered, marks, onMarksChange, onOpen } = latest.current
    const id = rowId(row)
    setCurrentId(id)
    const gesture = pressGesture(event, marks !== undefined)
    if (gesture === 'toggle' && marks) onMarksChange?.(toggleMark(marks, id))
    if (gesture === 'range' && marks) onMarksChange?.(markRange(marks, id, ordered.map(rowId)))
    if (gesture === 'open') onOpen?.(row)
  }, [])

  const onMenu = useCallback((row: Row) => setCurrentId(latest.current.rowId(row)), [])

  const travel = (command: TableCommand): boolean => {
    const to = destination(command, { from: currentIndex, count: ordered.length, perPage: rowWindow.perPage })
    const target = to === undefined ? undefined : ordered[to]
    if (to === undefined || !target) return false
    setCurrentId(rowId(target))
    rowWindow.show(to)
    if ('mark' in command && command.mark) markTo(options, rowId(current ?? target), rowId(target))
    return true
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || isTyping(event.target)) return
    const command = tableCommand(event)
    if (!command && current) options.onRowKey?.(event, current)
    if (!command) return
    if (travel(command) || act(command.type, options, current)) event.preventDefault()
  }

  return { currentId, currentIndex, current, onPress, onMenu, onKeyDown }
}

const isTyping = (target: EventTarget): boolean =>
  target instanceof Element && target.matches('input:not([type=checkbox]), textarea, select, [contenteditable]')

/** Links and buttons in a cell keep their own click. */
function pressGesture(event: MouseEvent, markable: boolean): 'toggle' | 'range' | 'open' | 'none' {
  const target = event.target instanceof Element ? event.target : undefined
  if (markable && event.shiftKey) return 'range'
  if (markable && (event.ctrlKey || event.metaKey)) return 'toggle'
  if (markable && target?.closest('td')?.matches(':first-child')) return 'toggle'
  return target?.closest('a, button, input') ? 'none' : 'open'
}

function markTo<Row extends object>(
  { marks, onMarksChange, ordered, rowId }: TableControl<Row>,
  from: string,
  to: string,
) {
  if (!marks) return
  onMarksChange?.(markRange(marks.anchor === undefined ? { ...marks, anchor: from } : marks, to, ordered.map(rowId)))
}

/** True when the key did something. */
function act<Row extends object>(type: string, options: TableControl<Row>, current: Row | undefined): boolean {
  const { marks, onMarksChange, onOpen, onClose, openId, ordered, rowId } = options
  if (type === 'mark-all' && marks) onMarksChange?.(markAll(ordered.map(rowId)))
  else if (type === 'mark' && marks && current) onMarksChange?.(toggleMark(marks, rowId(current)))
  else if (type === 'open' && current) onOpen?.(current)
  else if (type === 'close') return close({ marks, onMarksChange, onClose, openId })
  else return false
  return true
}

interface Closing {
  marks: Marks | undefined
  onMarksChange: ((marks: Marks) => void) | undefined
  onClose: (() => void) | undefined
  openId: string | undefined
}

/** Escape closes what is open; once nothing is, it takes the marks away. */
function close({ marks, onMarksChange, onClose, openId }: Closing): boolean {
  if (openId !== undefined && onClose) {
    onClose()
    return true
  }
  if (!marks || marks.ids.size === 0) return false
  onMarksChange?.(NO_MARKS)
  return true
}
