import { FileText, ListChecks, OctagonX, Rocket, ScrollText, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { BackTitle } from '#renderer/ui/back-title.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Callout } from '#renderer/ui/callout.tsx'
import { Chip } from '#renderer/ui/chip.tsx'
import { FailedState } from '#renderer/ui/failed.tsx'
import { LoadingRows } from '#renderer/ui/loading-rows.tsx'
import { PageHead } from '#renderer/ui/page-head.tsx'
import type { Deployment } from '#shared/contracts/deploys.ts'
import { DeployFacts } from './deploy-facts.tsx'
import { DeployHero } from './deploy-hero.tsx'
import { DeployLog } from './deploy-log.tsx'
import { DeployResult } from './deploy-result.tsx'
import { DeploySteps } from './deploy-steps.tsx'
import { deploymentLook } from './deployment-look.ts'
import styles from './deploys.module.css'
import { useCancelDeploy } from './queries.ts'
import { useDeployment } from './use-deployment.ts'

interface DeploymentViewProps {
  id: string
  history: readonly Deployment[]
  onBack: () => void
  onAgain: (folder: string) => void
  onOpenLogs: (target: { app: string }) => void
}

/** One deployment: while it runs steps, log and facts; when it is deployed the evidence, with the log one click away. */
export function DeploymentView({ id, history, onBack, onAgain, onOpenLogs }: DeploymentViewProps) {
  const stream = useDeployment(id)
  const [wantsLog, setWantsLog] = useState(false)

  if (!stream.latest) {
    return (
      <>
        <PageHead title={<Title onBack={onBack}>Deployment</Title>} lined />
        {stream.status === 'failed' ? (
          <FailedState title="Cannot show this deployment" error={stream.error} onRetry={stream.retry} />
        ) : (
          <LoadingRows label="Reading the deployment" />
        )}
      </>
    )
  }
  const { deployment, lines } = stream.latest
  const { app, status, folder } = deployment
  const lost = stream.status === 'failed' ? stream.error.message : undefined
  const isDone = status === 'deployed'
  const actions = (
    <>
      {status === 'deploying' && <CancelButton id={id} />}
      {isDone && (
        <Button
          icon={wantsLog ? <ListChecks size={14} /> : <FileText size={14} />}
          onClick={() => setWantsLog(!wantsLog)}
        >
          {wantsLog ? 'Evidence' : 'Build log'}
        </Button>
      )}
      <Button icon={<ScrollText size={14} />} onClick={() => onOpenLogs({ app })}>
        App logs
      </Button>
      {status !== 'deploying' && (
        <Button variant="primary" icon={<Rocket size={14} />} onClick={() => onAgain(folder)}>
          Deploy again
        </Button>
      )}
    </>
  )
  return (
    <>
      <PageHead
        title={<Head deployment={deployment} onBack={onBack} />}
        actions={actions}
        lined={status !== 'deploying'}
      />
      {status === 'deploying' && <DeployHero deployment={deployment} history={history} />}
      <Remarks deployment={deployment} lost={lost} onRetry={stream.retry} />
      {isDone && !wantsLog ? (
        <DeployResult deployment={deployment} history={history} />
      ) : (
        <div className={styles.running}>
          <DeploySteps deployment={deployment} />
          <DeployLog lines={lines} running={status === 'deploying'} failed={status === 'failed'} />
          <DeployFacts deployment={deployment} />
        </div>
      )}
    </>
  )
}

function Title({ onBack, chip, children }: { onBack: () => void; chip?: ReactNode; children: string }) {
  return (
    <BackTitle back="Back to all deploys" onBack={onBack} chip={chip}>
      {children}
    </BackTitle>
  )
}

function Head({ deployment, onBack }: { deployment: Deployment; onBack: () => void }) {
  const { tone, icon: Icon, word } = deploymentLook(deployment)
  const { app, releaseVersion } = deployment
  const chip = (
    <Chip tone={tone} icon={<Icon size={14} />}>
      {word}
    </Chip>
  )
  return (
    <Title onBack={onBack} chip={chip}>
      {releaseVersion === undefined ? app : `${app} v${releaseVersion}`}
    </Title>
  )
}

function CancelButton({ id }: { id: string }) {
  const cancel = useCancelDeploy(id)
  const asked = cancel.isPending || cancel.isSuccess
  return (
    <Button
      variant="danger-quiet"
      icon={<X size={14} />}
      disabled={asked}
      title="flyctl is interrupted, and killed if it has not ended after 10 s"
      onClick={() => cancel.mutate()}
    >
      {asked ? 'Cancelling' : 'Cancel'}
    </Button>
  )
}

interface RemarksProps {
  deployment: Deployment
  /** Why the log broke off. */
  lost: string | undefined
  onRetry: () => void
}

function Remarks({ deployment: { status, error, steps }, lost, onRetry }: RemarksProps) {
  const changed = steps.some(({ name, startedAt }) => name === 'machines' && startedAt !== undefined)
  const cancelled = changed
    ? 'Machines that had the new image keep it, the others keep the old one. Deploy again to make them one.'
    : 'No machine was changed.'
  return (
    <>
      {error && (
        <div className={styles.note}>
          <Callout
            tone={status === 'interrupted' ? 'warn' : 'bad'}
            icon={<OctagonX size={16} />}
            role="alert"
            title={error.message}
          />
        </div>
      )}
      {status === 'cancelled' && (
        <div className={styles.note}>
          <Callout tone="off" title="You cancelled this deploy.">
            {cancelled}
          </Callout>
        </div>
      )}
      {lost !== undefined && (
        <div className={styles.note}>
          <Callout
            tone="warn"
            role="alert"
            title={lost}
            actions={
              <Button size="s" onClick={onRetry}>
                Read it again
              </Button>
            }
          />
        </div>
      )}
    </>
  )
}
