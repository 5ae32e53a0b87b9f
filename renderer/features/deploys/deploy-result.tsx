import { CircleCheck, CircleStop, ExternalLink } from 'lucide-react'
import { useOpenLink } from '#renderer/lib/desktop.ts'
import { formatElapsed, formatFullTime, formatTime } from '#renderer/lib/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { CopyButton } from '#renderer/ui/copy-button.tsx'
import { Card } from '#renderer/ui/section.tsx'
import type { Deployment } from '#shared/contracts/deploys.ts'
import { DeployFacts } from './deploy-facts.tsx'
import styles from './deploy-result.module.css'
import { elapsed } from './deploy-time.ts'
import { EarlierDeploys } from './earlier-deploys.tsx'
import { type Evidence, evidenceOf } from './evidence.ts'
import { TimeSpent } from './time-spent.tsx'

interface DeployResultProps {
  deployment: Deployment
  history: readonly Deployment[]
}

/** A finished deploy as a list of what was made, each with how it is known. */
export function DeployResult({ deployment, history }: DeployResultProps) {
  const evidence = evidenceOf(deployment)
  const { finishedAt = deployment.startedAt, health } = deployment
  return (
    <div className={styles.result}>
      <div className="scroll">
        <div className={styles.resultBody}>
          <h2 className="heading">{health?.ok ? 'The app answers' : 'Deployed'}</h2>
          <p className={`t2 ${styles.resultLead}`}>
            {health?.ok
              ? `Built, released and verified in ${formatElapsed(elapsed(deployment, finishedAt))}.`
              : `Done in ${formatElapsed(elapsed(deployment, finishedAt))}. fly.toml has no public service, so there was nothing to ask.`}
          </p>
          <Card padded={false}>
            <ol className={styles.evidence} aria-label="Evidence">
              {evidence.map((entry) => (
                <EvidenceItem key={entry.title} entry={entry} />
              ))}
            </ol>
          </Card>
          <AppLink deployment={deployment} />
          <TimeSpent deployment={deployment} />
        </div>
      </div>
      <div className={styles.resultSide}>
        <DeployFacts deployment={deployment} />
        <EarlierDeploys deployment={deployment} history={history} />
      </div>
    </div>
  )
}

function EvidenceItem({ entry: { title, text, known, at, ok } }: { entry: Evidence }) {
  return (
    <li>
      {ok ? (
        <CircleCheck size={20} className="c-ok" aria-hidden />
      ) : (
        <CircleStop size={20} className="c-off" aria-hidden />
      )}
      <div className="grow">
        <b>{title}</b>
        <div className="row small t2">
          <code className="cut select-text" title={text}>
            {text}
          </code>
          {text !== '' && <CopyButton text={text} label={`Copy: ${title}`} />}
        </div>
      </div>
      <span className="small t3">{known}</span>
      {at !== undefined && (
        <time className="small t3 num" title={formatFullTime(at)}>
          {formatTime(at, Date.now())}
        </time>
      )}
    </li>
  )
}

function AppLink({ deployment: { url } }: { deployment: Deployment }) {
  const openLink = useOpenLink()
  if (url === undefined) return null
  return (
    <div className={styles.link}>
      <code className="select-text cut grow" title={url}>
        {url}
      </code>
      <CopyButton text={url} label="Copy URL" />
      <Button icon={<ExternalLink size={14} />} onClick={() => openLink(url)}>
        Open the app
      </Button>
    </div>
  )
}
