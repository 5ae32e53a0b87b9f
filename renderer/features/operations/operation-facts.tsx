import { formatCount, formatFullTime } from '#renderer/lib/format.ts'
import { CopyButton } from '#renderer/ui/copy-button.tsx'
import { KeyValues } from '#renderer/ui/key-values.tsx'
import { Section } from '#renderer/ui/section.tsx'
import type { OperationDetail } from '#shared/contracts/operations.ts'
import styles from './operations.module.css'

/** So many request ids are listed; the rest is in the copy. */
const SHOWN_IDS = 8

/** Who and when, and the request ids of what failed. */
export function OperationFacts({ detail: { operation, items } }: { detail: OperationDetail }) {
  const { id, by, subject, startedAt, finishedAt, status } = operation
  const requestIds = items.flatMap(({ error }) => error?.request?.requestId ?? [])
  return (
    <aside className={styles.facts} aria-label="About this operation">
      <Section title="Operation">
        <KeyValues
          rows={[
            { label: 'About', value: subject, title: subject },
            { label: 'By', value: by, title: by },
            { label: 'Started', value: formatFullTime(startedAt) },
            ...(finishedAt ? [{ label: 'Ended', value: formatFullTime(finishedAt) }] : []),
            { label: 'Id', value: id, mono: true, title: id },
          ]}
        />
      </Section>
      {requestIds.length > 0 && (
        <Section
          title="Request ids"
          aside={
            <CopyButton text={requestIds.join('\n')} label={`Copy ${formatCount(requestIds.length)} request ids`} />
          }
        >
          <p className="small t2">Fly.io support finds what failed by them.</p>
          <ul className={styles.requestIds}>
            {requestIds.slice(0, SHOWN_IDS).map((requestId) => (
              <li key={requestId} className="mono cut" title={requestId}>
                {requestId}
              </li>
            ))}
          </ul>
          {requestIds.length > SHOWN_IDS && (
            <p className="small t3">{`and ${formatCount(requestIds.length - SHOWN_IDS)} more in the copy`}</p>
          )}
        </Section>
      )}
      {status === 'running' && (
        <Section title="Survives">
          <p className="small t2">You may close the window: it goes on where it was, and no machine is called twice.</p>
        </Section>
      )}
      {status === 'interrupted' && (
        <Section title="Interrupted">
          <p className="small t2">
            Hangar ended while this ran. What is marked done was done; look at the state of the others before you ask
            again.
          </p>
        </Section>
      )}
    </aside>
  )
}
