import { Copy, OctagonX, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { AppError } from '#shared/ipc/errors.ts'
import { Button } from './button.tsx'
import { Callout } from './callout.tsx'
import { useCopy } from './copy-context.ts'
import styles from './empty.module.css'
import { failureDetails, failureMessage } from './failure-details.ts'
import { KeyValues } from './key-values.tsx'

interface FailedStateProps {
  /** What could not be done: "Cannot list volumes". */
  title: ReactNode
  error: unknown
  onRetry?: (() => void) | undefined
  /** More ways out, before "Try again". */
  actions?: ReactNode
  more?: ReactNode
}

/** A page that cannot show what it should: why, the request that failed, and ways out. */
export function FailedState({ title, error, onRetry, actions, more }: FailedStateProps) {
  const copy = useCopy()
  const details = failureDetails(error)
  return (
    <div className={styles.wrap} role="alert">
      <div className={styles.empty} data-tone="bad">
        <OctagonX />
        <h2 className="heading">{title}</h2>
        <p className={styles.text}>{failureMessage(error)}</p>
        {details.length > 0 && (
          <div className={styles.request}>
            <KeyValues rows={details.map(([label, value]) => ({ label, value, mono: true }))} labelWidth={104} />
          </div>
        )}
        <div className={styles.actions}>
          {actions}
          {onRetry && (
            <Button size="l" icon={<RotateCw />} onClick={onRetry}>
              Try again
            </Button>
          )}
          <Button size="l" icon={<Copy />} onClick={() => copy(asText(error))}>
            Copy details
          </Button>
        </div>
        {more && <div className="small t3">{more}</div>}
      </div>
    </div>
  )
}

/** The same inside a form, a dialog or a section. */
export function FailedCallout({ error, onRetry }: Pick<FailedStateProps, 'error' | 'onRetry'>) {
  const requestId = error instanceof AppError ? error.request?.requestId : undefined
  return (
    <Callout
      tone="bad"
      icon={<OctagonX />}
      role="alert"
      title={failureMessage(error)}
      actions={
        onRetry && (
          <Button size="s" icon={<RotateCw />} onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      {requestId && (
        <>
          Request id <code className="select-text">{requestId}</code>
        </>
      )}
    </Callout>
  )
}

const asText = (error: unknown): string =>
  [failureMessage(error), ...failureDetails(error).map(([label, value]) => `${label}: ${value}`)].join('\n')
