import { Rocket, RotateCw } from 'lucide-react'
import { formatPlural } from '#renderer/lib/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { FailedCallout } from '#renderer/ui/failed.tsx'
import { LoadingBlock } from '#renderer/ui/loading-rows.tsx'
import type { DeployPlan } from '#shared/contracts/deploys.ts'
import { DeployProblems } from './deploy-problems.tsx'
import styles from './deploys.module.css'
import { folderName } from './folder-name.ts'
import { PlanFacts } from './plan-facts.tsx'
import { useDeployPlan, useStartDeploy } from './queries.ts'

interface NewDeployProps {
  folder: string
  app: string | undefined
  onStarted: (id: string) => void
}

/** What deploying the folder will do, what stands in its way, and the one button that does it. */
export function NewDeploy({ folder, app, onStarted }: NewDeployProps) {
  const plan = useDeployPlan({ folder, app })
  const start = useStartDeploy(onStarted)
  return (
    <section className={styles.plan} aria-label="What will happen">
      <header className={styles.planHead}>
        <h2 className="heading cut">{folderName(folder)}</h2>
        <code className="small t3 cut grow select-text" title={folder}>
          {folder}
        </code>
        <Button size="s" variant="ghost" icon={<RotateCw size={14} />} onClick={() => void plan.refetch()}>
          Look again
        </Button>
        {plan.data && (
          <DeployButton plan={plan.data} busy={start.isPending || plan.isFetching} onDeploy={start.mutate} />
        )}
      </header>
      {plan.isPending && <LoadingBlock label="Reading the folder" lines={6} />}
      {plan.isLoadingError && <FailedCallout error={plan.error} onRetry={() => void plan.refetch()} />}
      {start.isError && <FailedCallout error={start.error} />}
      {plan.data && (
        <>
          <DeployProblems problems={plan.data.problems} />
          <PlanFacts plan={plan.data} />
        </>
      )}
    </section>
  )
}

interface DeployButtonProps {
  plan: DeployPlan
  busy: boolean
  onDeploy: (start: { folder: string; app: string; imageLabel: string }) => void
}

/** Not there while something stands in the way: the problems say what to do instead. */
function DeployButton({ plan, busy, onDeploy }: DeployButtonProps) {
  const { folder, app, imageLabel, problems, machines } = plan
  if (app === undefined || problems.some(({ severity }) => severity === 'blocking')) return null
  const count = machines && machines.total > 0 ? ` to ${formatPlural(machines.total, 'machine')}` : ''
  return (
    <Button
      variant="primary"
      icon={<Rocket size={14} />}
      disabled={busy}
      onClick={() => onDeploy({ folder, app, imageLabel })}
    >
      Deploy {app}
      {count}
    </Button>
  )
}
