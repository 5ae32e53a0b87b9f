import type { ActiveAccount } from '#electron/fly/active-account.ts'
import type { Log } from '#electron/lib/log.ts'
import { AppError } from '#shared/ipc/errors.ts'
import type { FleetReader } from './fleet-reader.ts'
import { lookAround, type RoundReport } from './fleet-round.ts'
import { createHints, type Target } from './hints.ts'
import { createOrgReader } from './org-reader.ts'
import { createPace } from './pace.ts'
import type { Picture } from './picture.ts'
import { hasten, newOrgPoll } from './poll-state.ts'
import { createRounds } from './rounds.ts'
import { createSessionStatus } from './session-status.ts'

interface PollingOptions {
  active: ActiveAccount
  picture: Picture
  reader: FleetReader
  log: Log
  now: () => number
  ended: AbortSignal
}

/** Looks at Fly again and again, round by round. */
export function createPolling({ active, picture, reader, log, now, ended }: PollingOptions) {
  const lists = createOrgReader({ fly: active.fly, picture, reader, now })
  const polls = active.account.organizations.map(({ slug }) => newOrgPoll(slug))
  const status = createSessionStatus({ active, polls, log, now })
  const hints = createHints({ picture, now })
  const pace = createPace(ended)
  const rounds = createRounds()
  const sweptAt = new Map<string, number>()
  let byApp = polls.length === 0
  let everythingWanted = false

  function forgetProgress(): void {
    everythingWanted = false
    for (const poll of polls)
      Object.assign(poll, newOrgPoll(poll.org), { machinesUntil: undefined, volumesUntil: undefined })
    sweptAt.clear()
  }

  async function round(): Promise<void> {
    if (everythingWanted) forgetProgress()
    const report = await look()
    if (ended.aborted) return
    const { connection, problem } = status.report(report)
    // A token narrowed to apps, so of one organization: the next round asks for those instead.
    if (polls.length === 1 && connection === 'refused' && problem?.code === 'forbidden') byApp = true
  }

  async function look(): Promise<RoundReport> {
    const hinted = hints.open()
    try {
      return await lookAround({ picture, reader, lists, polls, sweptAt, hinted, byApp, now, signal: ended })
    } catch (error) {
      // A round reports what fails in it, so this is a mistake of ours: say it, and go on polling.
      log.error('A look at the fleet failed', error)
      return { succeeded: 0, errors: [error] }
    }
  }

  return {
    status: status.current,
    onStatus: status.onChange,
    attach: pace.attach,
    /** Returns when the session has ended. */
    async run(): Promise<void> {
      while (!ended.aborted) {
        const mode = byApp
        await rounds.run(round)
        if (mode === byApp) await pace.pause(status.failures())
      }
    },
    /** These machines have just been changed: read them at once and until the change has shown. */
    hint(targets: readonly Target[]) {
      hints.add(targets)
      for (const poll of polls) hasten(poll, now())
      pace.wake()
    },
    /** Reads everything again; returns when that is done. Throws when Fly could not be read. */
    async refresh(signal: AbortSignal) {
      everythingWanted = true
      status.forgetFailures()
      pace.wake()
      await rounds.next(AbortSignal.any([signal, ended]))
      const { problem, connection } = status.current()
      if (problem && connection !== 'connected') throw AppError.fromWire(problem)
    },
  }
}
