import { formatFullTime, formatTime } from '#renderer/lib/format.ts'
import { Section } from '#renderer/ui/section.tsx'
import { Timeline } from '#renderer/ui/timeline.tsx'
import type { Deployment } from '#shared/contracts/deploys.ts'
import { deploymentLook } from './deployment-look.ts'

const SHOWN = 5

/** The last deploys of the same app. */
export function EarlierDeploys({ deployment, history }: { deployment: Deployment; history: readonly Deployment[] }) {
  const earlier = history
    .filter(
      ({ id, app, startedAt }) => app === deployment.app && id !== deployment.id && startedAt < deployment.startedAt,
    )
    .slice(0, SHOWN)
  if (earlier.length === 0) return null
  return (
    <Section title="Earlier">
      <Timeline
        entries={earlier.map((row) => {
          const { tone, icon: Icon, word } = deploymentLook(row)
          return {
            id: row.id,
            icon: <Icon size={14} />,
            tone,
            text: row.releaseVersion === undefined ? word : `v${row.releaseVersion}, ${word.toLowerCase()}`,
            time: formatTime(row.startedAt, Date.now()),
            title: formatFullTime(row.startedAt),
          }
        })}
      />
    </Section>
  )
}
