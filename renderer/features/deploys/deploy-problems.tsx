import { OctagonX, TriangleAlert } from 'lucide-react'
import { Callout } from '#renderer/ui/callout.tsx'
import type { DeployProblem } from '#shared/contracts/deploys.ts'

/** What stands in the way first, then what is only worth knowing; each with what to do. */
export function DeployProblems({ problems }: { problems: readonly DeployProblem[] }) {
  const ordered = [...problems].sort((left, right) => rank(left) - rank(right))
  return ordered.map(({ severity, text, advice }) =>
    severity === 'blocking' ? (
      <Callout key={text} tone="bad" icon={<OctagonX size={16} />} role="alert" title={text}>
        {advice}
      </Callout>
    ) : (
      <Callout key={text} tone="warn" icon={<TriangleAlert size={16} />} title={text}>
        {advice}
      </Callout>
    ),
  )
}

const rank = ({ severity }: DeployProblem): number => (severity === 'blocking' ? 0 : 1)
