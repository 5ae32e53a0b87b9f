import { TriangleAlert } from 'lucide-react'
import type { Fleet } from '#renderer/lib/fleet-store.ts'
import { Banner } from '#renderer/ui/callout.tsx'

/** A refresh that failed although Fly.io can be reached: said beside the rows. The frame itself says when it cannot. */
export function FleetNote({ fleet: { status, ready } }: { fleet: Fleet }) {
  if (!ready || !status.problem || status.connection === 'offline' || status.connection === 'refused') return null
  return (
    <Banner tone="warn" icon={<TriangleAlert />} role="alert">
      {status.problem.message}
    </Banner>
  )
}
