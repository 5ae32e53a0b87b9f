import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { formatCount, formatFullTime, formatGuest, formatMoney, formatTime, shortDigest } from '#renderer/lib/format.ts'
import { useNow } from '#renderer/lib/use-now.ts'
import { Button } from '#renderer/ui/button.tsx'
import { StateText } from '#renderer/ui/chip.tsx'
import { CopyButton } from '#renderer/ui/copy-button.tsx'
import { type KeyValue, KeyValues } from '#renderer/ui/key-values.tsx'
import { Section } from '#renderer/ui/section.tsx'
import { Timeline } from '#renderer/ui/timeline.tsx'
import type { MachineCheck, MachineDetail, MachineEvent, MachineRow } from '#shared/contracts/fleet.ts'
import { EventIcon } from './event-icon.tsx'
import styles from './inspector.module.css'
import { FillCell } from './volume-columns.tsx'

interface InspectorSectionsProps {
  detail: MachineDetail
  row: MachineRow
}

export function InspectorSections({ detail, row }: InspectorSectionsProps) {
  return (
    <>
      <Events events={detail.events} />
      {detail.checks.length > 0 && <Checks checks={detail.checks} />}
      <ImageFacts image={detail.row.image ?? row.image} />
      <Section title="Machine">
        <KeyValues rows={machineFacts(detail, row)} />
      </Section>
      {detail.mounts.map((mount) => (
        <Section key={mount.volumeId} title="Mount">
          <KeyValues rows={mountFacts(mount)} />
        </Section>
      ))}
      <Section title="Cost" aside="estimate">
        <KeyValues rows={costFacts(detail, row)} />
      </Section>
      <Metadata metadata={detail.metadata} />
    </>
  )
}

/** Enough to see what led to the present state. */
const FIRST_EVENTS = 8

function Events({ events }: { events: readonly MachineEvent[] }) {
  const now = useNow(60_000)
  const [all, setAll] = useState(false)
  const shown = all ? events : events.slice(0, FIRST_EVENTS)
  if (events.length === 0) {
    return (
      <Section title="Events">
        <p className="small t3">Fly.io tells of no events.</p>
      </Section>
    )
  }
  return (
    <Section title="Events" aside={formatCount(events.length)}>
      <Timeline
        entries={shown.map(({ id, type, tone, text, at }) => ({
          id,
          tone,
          text,
          icon: <EventIcon type={type} tone={tone} />,
          time: formatTime(at, now),
          title: formatFullTime(at),
        }))}
      />
      {shown.length < events.length && (
        <Button size="s" variant="ghost" className={styles.more} onClick={() => setAll(true)}>
          {`Show ${formatCount(events.length - shown.length)} more`}
        </Button>
      )}
    </Section>
  )
}

const CHECK_LOOK = {
  passing: ['ok', CircleCheck],
  warning: ['warn', TriangleAlert],
  critical: ['bad', CircleAlert],
} as const

function Checks({ checks }: { checks: readonly MachineCheck[] }) {
  const passing = checks.filter(({ status }) => status === 'passing').length
  return (
    <Section title="Checks" aside={`${passing} of ${checks.length} passing`}>
      <ul className="small">
        {checks.map(({ name, status, output }) => {
          const [tone, Icon] = CHECK_LOOK[status]
          return (
            <li key={name} className={styles.check}>
              <StateText tone={tone} icon={<Icon aria-hidden="true" />}>
                {`${name} ${status}`}
              </StateText>
              {status !== 'passing' && output !== '' && <pre>{output}</pre>}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

function ImageFacts({ image }: Pick<MachineRow, 'image'>) {
  if (!image) return null
  const { repository, tag, digest } = image
  const whole = `${repository}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`
  const rows: KeyValue[] = [
    { label: 'Tag', value: tag ?? 'none', mono: true, title: whole },
    {
      label: 'Digest',
      value: digest ? shortDigest(digest) : 'not read yet',
      mono: digest !== undefined,
      title: digest ?? '',
    },
    { label: 'From', value: repository, mono: true, title: repository },
  ]
  return (
    <Section title="Image" aside={<CopyButton text={whole} label="Copy image reference" />}>
      <KeyValues rows={rows} />
    </Section>
  )
}

function machineFacts({ instanceId, privateIp, restartPolicy, autoDestroy, url }: MachineDetail, row: MachineRow) {
  const facts: (KeyValue | false | undefined)[] = [
    row.guest && { label: 'Size', value: <span className="num">{formatGuest(row.guest)}</span> },
    { label: 'Region', value: row.region, mono: true },
    { label: 'Role', value: row.role },
    url !== undefined && { label: 'Address', value: url.replace('https://', ''), title: url },
    privateIp !== undefined && { label: 'Private IP', value: privateIp, mono: true, title: privateIp },
    instanceId !== undefined && { label: 'Version', value: instanceId, mono: true, title: instanceId },
    restartPolicy !== undefined && { label: 'Restart', value: restartPolicy.replaceAll('-', ' ') },
    autoDestroy && { label: 'When it ends', value: 'destroys itself' },
    { label: 'Created', value: formatFullTime(row.createdAt) },
  ]
  return facts.filter((fact) => fact !== false && fact !== undefined)
}

function mountFacts({
  volumeId,
  name,
  path,
  sizeGb,
  bytesUsed,
  bytesTotal,
}: MachineDetail['mounts'][number]): KeyValue[] {
  const size =
    sizeGb === undefined
      ? []
      : [{ label: 'Used', value: <FillCell row={{ id: volumeId, sizeGb, bytesUsed, bytesTotal }} /> }]
  return [
    { label: 'Volume', value: volumeId, mono: true, title: volumeId },
    ...(name ? [{ label: 'Name', value: name }] : []),
    { label: 'Path', value: path, mono: true },
    ...size,
  ]
}

function costFacts({ cost }: MachineDetail, { state, monthEstimate }: MachineRow): KeyValue[] {
  const started = state === 'started'
  return [
    {
      label: started ? 'Running now' : 'When started',
      value: `${formatMoney(cost.hourWhenStarted, { digits: 4 })} / h`,
    },
    {
      label: 'This month',
      value: (
        <>
          {formatMoney(cost.monthToDate)}{' '}
          <span className="t3">{`${formatCount(Math.round(cost.hoursThisMonth))} h of compute`}</span>
        </>
      ),
    },
    { label: 'If it stays', value: `${formatMoney(monthEstimate)} / mo` },
    { label: 'Stopped', value: `${formatMoney(cost.monthStopped)} / mo` },
    { label: 'Volumes', value: `${formatMoney(cost.volumesMonth)} / mo` },
  ]
}

function Metadata({ metadata }: Pick<MachineDetail, 'metadata'>) {
  const entries = Object.entries(metadata)
  return (
    <Section title="Metadata" aside={formatCount(entries.length)}>
      {entries.length === 0 ? (
        <p className="small t3">None.</p>
      ) : (
        <KeyValues
          labelWidth={120}
          rows={entries.map(([label, value]) => ({ label, value, mono: true, title: value }))}
        />
      )}
    </Section>
  )
}
