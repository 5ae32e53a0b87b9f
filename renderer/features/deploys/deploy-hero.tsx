import { formatElapsed } from '#renderer/lib/format.ts'
import { useNow } from '#renderer/lib/use-now.ts'
import { Progress } from '#renderer/ui/progress.tsx'
import type { Deployment } from '#shared/contracts/deploys.ts'
import { progressShare } from '#shared/deploys/deploy-progress.ts'
import { elapsed, machinesOf, timeLeft } from './deploy-time.ts'
import styles from './deploys.module.css'

interface DeployHeroProps {
  deployment: Deployment
  history: readonly Deployment[]
}

/** The one number of a running deploy: how long it will still take, or has taken when nobody can say. */
export function DeployHero({ deployment, history }: DeployHeroProps) {
  const now = useNow()
  const soFar = formatElapsed(elapsed(deployment, now))
  const left = timeLeft(deployment, history, now)
  const machines = machinesOf(deployment)
  const share = progressShare({ steps: deployment.steps, machines })
  return (
    <div className={styles.hero}>
      <div className={styles.figures}>
        <span className="figure">{left === undefined ? soFar : formatElapsed(left)}</span>
        <span className="t2 grow">{left === undefined ? 'so far' : `left, about. ${soFar} so far.`}</span>
        {machines && (
          <span className="num t2 small">
            {machines.done} of {machines.total} machines
          </span>
        )}
      </div>
      <Progress label="Deploy" size="l" parts={[{ tone: 'busy', share }]} />
    </div>
  )
}
