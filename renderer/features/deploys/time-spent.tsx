import { formatElapsed } from '#renderer/lib/format.ts'
import type { Deployment } from '#shared/contracts/deploys.ts'
import styles from './deploy-result.module.css'
import { STEP_TITLES } from './deployment-look.ts'

/** Where the time went, as one bar. Steps that took none are left out. */
export function TimeSpent({ deployment }: { deployment: Deployment }) {
  const parts = deployment.steps.flatMap(({ name, startedAt, finishedAt }) => {
    const ms = startedAt === undefined || finishedAt === undefined ? 0 : finishedAt - startedAt
    return ms >= 50 ? [{ name, ms }] : []
  })
  if (parts.length === 0) return null
  return (
    <section className={styles.spent} aria-label="Time spent">
      <h3 className="cap">Time spent</h3>
      <div className={styles.spentBar} aria-hidden>
        {parts.map(({ name, ms }) => (
          <i key={name} style={{ flexGrow: ms }} />
        ))}
      </div>
      <ul className={styles.spentWords}>
        {parts.map(({ name, ms }) => (
          <li key={name}>
            {STEP_TITLES[name]} <span className="t3">{formatElapsed(ms)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
