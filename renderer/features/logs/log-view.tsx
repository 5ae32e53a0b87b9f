import { Filter, ScrollText, TriangleAlert } from 'lucide-react'
import { useRef, useState } from 'react'
import { useCopyText } from '#renderer/lib/desktop.ts'
import { formatPlural } from '#renderer/lib/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Banner } from '#renderer/ui/callout.tsx'
import { EmptyState } from '#renderer/ui/empty.tsx'
import { FailedCallout, FailedState } from '#renderer/ui/failed.tsx'
import { LoadingRows } from '#renderer/ui/loading-rows.tsx'
import { LogBar } from './log-bar.tsx'
import { isFiltering, type LogFilter, NO_FILTER } from './log-filter.ts'
import { LogList } from './log-list.tsx'
import { rowsAsText } from './log-words.ts'
import styles from './logs.module.css'
import { useFollow } from './use-follow.ts'
import { type LogTarget, useLogTail } from './use-log-tail.ts'

/** The live log of an app, or of one machine of it. */
export function LogView({ app, machineId }: LogTarget) {
  return <Tail key={`${app} ${machineId ?? ''}`} app={app} machineId={machineId} />
}

function Tail({ app, machineId }: LogTarget) {
  const { tail, buffer } = useLogTail({ app, machineId })
  const [filter, setFilter] = useState(NO_FILTER)
  const [wrap, setWrap] = useState(false)
  const [copied, setCopied] = useState<string>()
  const scroller = useRef<HTMLDivElement>(null)
  const follow = useFollow(scroller, buffer)
  const copyText = useCopyText()
  const name = machineId ?? app

  if (tail.status === 'failed' && buffer.size === 0)
    return <FailedState title={`Cannot read the logs of ${name}`} error={tail.error} onRetry={tail.retry} />

  const change = (next: LogFilter) => {
    setFilter(next)
    buffer.filter(next)
  }
  const copy = () => {
    const selected = selectionIn(scroller.current)
    const { text, copied: count } = selected ? { text: selected, copied: 0 } : rowsAsText(buffer.shown)
    copyText(text)
    setCopied(selected ? 'Copied the selection' : `Copied ${formatPlural(count, 'line')}`)
  }
  return (
    <div className={styles.view}>
      <LogBar
        buffer={buffer}
        filter={filter}
        onFilter={change}
        wrap={wrap}
        onWrap={setWrap}
        following={follow.following}
        onFollow={(on) => (on ? follow.follow() : follow.pause())}
        onCopy={copy}
        onClear={() => buffer.clear()}
      />
      {tail.status === 'open' && tail.item && (
        <Banner tone="warn" icon={<TriangleAlert size={14} />}>
          {tail.item}
        </Banner>
      )}
      {tail.status === 'failed' && <FailedCallout error={tail.error} onRetry={tail.retry} />}
      {tail.status === 'ended' && <Banner tone="off">The tail has ended: the account was left.</Banner>}
      {buffer.dropped > 0 && (
        <p className={styles.left}>{formatPlural(buffer.dropped, 'older line')} left this view to make room</p>
      )}
      {buffer.shown.length > 0 && (
        <LogList
          buffer={buffer}
          label={`Log lines of ${name}`}
          wanted={filter.text}
          wrap={wrap}
          scroller={scroller}
          follow={follow}
        />
      )}
      {buffer.shown.length === 0 && (
        <NoLines
          isWaiting={tail.status === 'waiting'}
          isFiltered={isFiltering(filter) && buffer.size > 0}
          onShowAll={() => change(NO_FILTER)}
        />
      )}
      <span className="sr" role="status">
        {copied}
      </span>
    </div>
  )
}

interface NoLinesProps {
  isWaiting: boolean
  isFiltered: boolean
  onShowAll: () => void
}

function NoLines({ isWaiting, isFiltered, onShowAll }: NoLinesProps) {
  if (isFiltered)
    return (
      <EmptyState
        icon={<Filter />}
        title="No line matches"
        actions={<Button onClick={onShowAll}>Show all lines</Button>}
      >
        The filter hides every line that is here. New ones that match will appear.
      </EmptyState>
    )
  if (isWaiting) return <LoadingRows label="Loading log lines" />
  return (
    <EmptyState icon={<ScrollText />} title="No lines yet">
      Lines appear here as they are written. Fly.io shows those of the last 24 hours; a stopped machine writes none.
    </EmptyState>
  )
}

/** What the person has marked inside `element`. */
function selectionIn(element: HTMLElement | null): string | undefined {
  const selection = window.getSelection()
  if (!element || !selection || selection.isCollapsed || !element.contains(selection.anchorNode)) return undefined
  return selection.toString()
}
