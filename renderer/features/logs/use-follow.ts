import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import type { LogBuffer } from './log-buffer.ts'

/** How near the end still counts as the end, in px. */
const NEAR_END = 8
/** Height of a line that does not wrap, in px. */
export const LINE_PX = 20

/** Keeps the newest line in sight until the reader scrolls up; then keeps the place, and counts what is new. */
export function useFollow(scroller: RefObject<HTMLElement | null>, buffer: LogBuffer) {
  const [pausedAt, setPausedAt] = useState<number>()
  const lastTop = useRef(0)
  const dropped = useRef(buffer.droppedShown)
  const version = buffer.version()

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs after each change of the lines
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const gone = buffer.droppedShown - dropped.current
    dropped.current = buffer.droppedShown
    if (pausedAt === undefined) element.scrollTop = element.scrollHeight
    else if (gone > 0) element.scrollTop -= gone * LINE_PX
    lastTop.current = element.scrollTop
  }, [version, pausedAt, buffer, scroller])

  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    const isUp = element.scrollTop < lastTop.current
    lastTop.current = element.scrollTop
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight <= NEAR_END
    if (isAtEnd) setPausedAt(undefined)
    else if (isUp) setPausedAt((value) => value ?? buffer.passed)
  }

  return {
    following: pausedAt === undefined,
    fresh: pausedAt === undefined ? 0 : Math.max(0, buffer.passed - pausedAt),
    follow: () => setPausedAt(undefined),
    pause: () => setPausedAt((value) => value ?? buffer.passed),
    onScroll,
  }
}
