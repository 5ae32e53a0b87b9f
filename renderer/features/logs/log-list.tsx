import { observeElementRect, useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, Pause } from 'lucide-react'
import type { KeyboardEvent, RefObject } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import type { LogBuffer } from './log-buffer.ts'
import { LogRowView } from './log-row.tsx'
import { newLinesWords } from './log-words.ts'
import styles from './logs.module.css'
import { LINE_PX, type useFollow } from './use-follow.ts'

/** Taken while the element has no height of its own, as before the first layout. */
const UNKNOWN_PX = 800

interface LogListProps {
  buffer: LogBuffer
  label: string
  wanted: string
  wrap: boolean
  scroller: RefObject<HTMLDivElement | null>
  follow: ReturnType<typeof useFollow>
}

/** The lines near the screen. End follows, scrolling up pauses. */
export function LogList({ buffer, label, wanted, wrap, scroller, follow }: LogListProps) {
  const rows = buffer.shown
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    getItemKey: (index) => rows[index]?.seq ?? index,
    overscan: 20,
    initialRect: { width: 0, height: UNKNOWN_PX },
    useFlushSync: false,
    observeElementRect: (instance, onRect) =>
      observeElementRect(instance, ({ width, height }) => onRect({ width, height: height || UNKNOWN_PX })),
  })
  const items = virtualizer.getVirtualItems()
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'End') follow.follow()
  }
  return (
    <div className={styles.area}>
      <section
        ref={scroller}
        className={styles.scroll}
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region has to be reachable by keyboard
        tabIndex={0}
        onScroll={follow.onScroll}
        onKeyDown={handleKey}
      >
        <div className={styles.lines} data-wrap={wrap} style={{ height: virtualizer.getTotalSize() }}>
          <div style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
            {items.map(({ index, key }) => {
              const row = rows[index]
              return (
                row && (
                  <div key={key} data-index={index} ref={virtualizer.measureElement}>
                    <LogRowView row={row} wanted={wanted} />
                  </div>
                )
              )
            })}
          </div>
        </div>
      </section>
      {!follow.following && (
        <div className={styles.pill} role="status">
          <Pause size={14} />
          <span className="strong">Paused</span>
          <span className="t2">{newLinesWords(follow.fresh)}</span>
          <Button size="s" variant="primary" icon={<ArrowDown size={14} />} keys="End" onClick={follow.follow}>
            Follow
          </Button>
        </div>
      )}
    </div>
  )
}
