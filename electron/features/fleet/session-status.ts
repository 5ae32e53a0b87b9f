import type { ActiveAccount } from '#electron/fly/active-account.ts'
import { createChanges } from '#electron/lib/changes.ts'
import type { Log } from '#electron/lib/log.ts'
import type { FleetStatus } from '#shared/contracts/fleet.ts'
import type { RoundReport } from './fleet-round.ts'
import { nextStatus, type OrgPoll, type Verdict, verdictOf } from './poll-state.ts'

interface StatusOptions {
  active: Pick<ActiveAccount, 'rateLimitFree'>
  polls: readonly OrgPoll[]
  log: Log
  now: () => number
}

/** How well the fleet can be read, told round by round. */
export function createSessionStatus({ active, polls, log, now }: StatusOptions) {
  const changes = createChanges()
  let status: FleetStatus = { source: 'saved', connection: 'connecting', rateLimitFree: 1, errorRegions: [] }
  let failures = 0
  return {
    current: () => status,
    onChange: changes.on,
    /** Rounds that failed in a row. */
    failures: () => failures,
    /** Somebody asks again: what failed before does not count. */
    forgetFailures() {
      failures = 0
    },
    report({ lagMs, ...result }: RoundReport): Verdict {
      const verdict = verdictOf(result)
      const { connection, problem } = verdict
      failures = connection === 'connected' && problem?.code !== 'rate-limited' ? 0 : failures + 1
      if (problem && failures === 1) log.warn('The fleet could not be read', problem)
      const errorRegions = polls.flatMap((poll) => poll.errorRegions)
      const rateLimitFree = active.rateLimitFree()
      const { succeeded } = result
      status = nextStatus({ before: status, verdict, succeeded, lagMs, errorRegions, rateLimitFree, now: now() })
      changes.emit()
      return verdict
    },
  }
}
