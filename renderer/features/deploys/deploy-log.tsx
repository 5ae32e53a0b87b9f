import { observeElementRect, useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, Copy, ScrollText, WrapText } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { formatCount } from '#renderer/lib/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { useCopy } from '#renderer/ui/copy-context.ts'
import type { OutputLine } from '#shared/contracts/deploys.ts'
import styles from './deploy-log.module.css'
import { LogLine } from './deploy-log-line.tsx'

/** Height of a line that is not wrapped (base type of the log). */
const LINE_PX = 18
/** Drawn beyond each edge. */
const OVERSCAN = 20
/** Taken while the element has no height of its own, as before the first layout. */
const UNKNOWN_PX = 600
/** Nearer to the end than this counts as at the end. */
const AT_END_PX = 24

interface DeployLogProps {
  /** Grows in place. */
  lines: readonly OutputLine[]
  running: boolean
  /** Its lines are wrapped until told otherwise: the reason is often the end of a long one. */
  failed: boolean
}

/** Everything flyctl said. Follows the end until the reader scrolls up; only what is seen is drawn. */
export function DeployLog({ lines, running, failed }: DeployLogProps) {
  const copy = useCopy()
  const scroller = useRef<HTMLDivElement>(null)
  const [follows, setFollows] = useState(true)
  const [wantsWrap, setWraps] = useState<boolean>()
  const wraps = wantsWrap ?? failed
  const count = lines.length
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: OVERSCAN,
    initialRect: { width: 0, height: UNKNOWN_PX },
    useFlushSync: false,
    observeElementRect: (instance, onRect) =>
      observeElementRect(instance, ({ width, height }) => onRect({ width, height: height || UNKNOWN_PX })),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: wrapping moves the end
  useEffect(() => {
    if (follows && count > 0) virtualizer.scrollToIndex(count - 1, { align: 'end' })
  }, [follows, count, wraps, virtualizer])

  const onScroll = () => {
    const element = scroller.current
    if (element) setFollows(element.scrollHeight - element.scrollTop - element.clientHeight < AT_END_PX)
  }
  return (
    <section className={styles.log} aria-label="Build log">
      <header className={styles.logHead}>
        <ScrollText size={14} />
        <b>Log</b>
        <span className="t3 num grow">{formatCount(count)} lines</span>
        <Button
          size="s"
          variant="ghost"
          icon={<WrapText size={14} />}
          aria-pressed={wraps}
          onClick={() => setWraps(!wraps)}
        >
          Wrap
        </Button>
        <Button
          size="s"
          variant="ghost"
          icon={<Copy size={14} />}
          onClick={() => copy(lines.map(({ text }) => text).join('\n'))}
        >
          Copy
        </Button>
        {running && (
          <Button size="s" icon={<ArrowDown size={14} />} aria-pressed={follows} onClick={() => setFollows(!follows)}>
            {follows ? 'Following' : 'Follow'}
          </Button>
        )}
      </header>
      <div
        ref={scroller}
        className={styles.lines}
        role="log"
        aria-label="Output of flyctl"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
      >
        {count === 0 && <p className="t3">{running ? 'flyctl is starting.' : 'flyctl said nothing.'}</p>}
        <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const line = lines[index]
            return (
              line && (
                <div
                  key={index}
                  ref={wraps ? virtualizer.measureElement : undefined}
                  data-index={index}
                  className={wraps ? styles.wrapped : styles.line}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <LogLine line={line} />
                </div>
              )
            )
          })}
        </div>
      </div>
    </section>
  )
}
