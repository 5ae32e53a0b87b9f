import { formatElapsed } from '#renderer/lib/format.ts'
import { useNow } from '#renderer/lib/use-now.ts'
import { Progress } from '#renderer/ui/progress.tsx'
import type { Deployment } from '#shared/contracts/deploys.ts'
import { machinesOf } from './deploy-time.ts'
import { STEP_TITLES, stepLook } from './deployment-look.ts'
import styles from './deploys.module.css'

type Step = Deployment['steps'][number]

export function DeploySteps({ deployment }: { deployment: Deployment }) {
  const now = useNow()
  return (
    <ol className={styles.steps} aria-label="Steps">
      {deployment.steps.map((step) => (
        <StepItem key={step.name} step={step} now={now} machines={machinesOf(deployment)} />
      ))}
    </ol>
  )
}

interface StepItemProps {
  step: Step
  now: number
  machines: { done: number; total: number } | undefined
}

function StepItem({ step, now, machines }: StepItemProps) {
  const { tone, icon: Icon, word } = stepLook(step)
  const { name, status, detail } = step
  const title = STEP_TITLES[name]
  return (
    <li data-tone={tone} data-status={status} aria-current={status === 'running' ? 'step' : undefined}>
      <Icon size={20} aria-hidden />
      <b>
        {title}
        <span className="sr">, {word}</span>
      </b>
      <time>{tookText(step, now)}</time>
      {name === 'machines' && status === 'running' && machines && (
        <div className={styles.stepProgress}>
          <Progress label="Machines updated" parts={[{ tone: 'busy', share: machines.done / machines.total }]} />
        </div>
      )}
      {(detail ?? (status === 'skipped' && 'Left out')) && <p>{detail ?? 'Left out: the image is there already'}</p>}
    </li>
  )
}

function tookText({ status, startedAt, finishedAt }: Step, now: number): string {
  if (startedAt === undefined || status === 'waiting' || status === 'skipped') return ''
  return formatElapsed((finishedAt ?? now) - startedAt)
}
