import { observeElementRect, useVirtualizer } from '@tanstack/react-virtual'
import type { RefObject } from 'react'
import { useRowHeight } from './use-row-height.ts'

/** Height of the sticky head in px. */
const HEAD_PX = 28
/** Drawn beyond each edge: enough that a wheel step shows no hole. */
const OVERSCAN = 6
/** Taken while the element has no height of its own, as before the first layout. */
const UNKNOWN_PX = 800

export interface RowWindow {
  indexes: number[]
  /** Height of the rows not drawn above and below, in px. */
  before: number
  after: number
  perPage: number
  show: (index: number) => void
}

/** Which rows are near enough to the screen to be drawn. */
export function useRowWindow(scroller: RefObject<HTMLDivElement | null>, count: number): RowWindow {
  const rowPx = useRowHeight()
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    initialRect: { width: 0, height: UNKNOWN_PX },
    scrollPaddingStart: HEAD_PX,
    useFlushSync: false,
    observeElementRect: (instance, onRect) =>
      observeElementRect(instance, ({ width, height }) => onRect({ width, height: height || UNKNOWN_PX })),
  })
  const items = virtualizer.getVirtualItems()
  const first = items[0]
  const last = items.at(-1)
  return {
    indexes: items.map(({ index }) => index),
    before: first?.start ?? 0,
    after: last ? virtualizer.getTotalSize() - last.end : 0,
    perPage: Math.max(1, Math.floor(((virtualizer.scrollRect?.height ?? UNKNOWN_PX) - HEAD_PX) / rowPx)),
    show: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  }
}
