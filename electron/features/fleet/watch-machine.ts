import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { StateLedger } from '#electron/database/state-ledger.ts'
import type { FlyMachine } from '#electron/fly/machine-schema.ts'
import type { MachineDetail } from '#shared/contracts/fleet.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { monthOf } from '#shared/pricing/month-to-date.ts'
import { goneError } from './fleet-reader.ts'
import type { FleetSession } from './fleet-session.ts'
import type { Target } from './hints.ts'
import { machineDetail } from './machine-detail.ts'

interface WatchInput {
  session: FleetSession
  ledger: StateLedger
  target: Target
  now: () => number
  signal: AbortSignal
}

/** Get Machine allows five a second; a person is served by this. */
const EVERY_MS = 2_000
const LONGEST_MS = 30_000

/** One machine in full, and again whenever it differs. Trouble that may pass is waited out once there is something to show. */
export async function* watchMachine({
  session,
  ledger,
  target,
  now,
  signal,
}: WatchInput): AsyncGenerator<MachineDetail> {
  const until = AbortSignal.any([signal, session.ended])
  let shown: MachineDetail | undefined
  let failures = 0
  while (!until.aborted) {
    try {
      const machine = await session.readMachine({ ...target, signal: until })
      failures = 0
      const detail = detailOf(machine)
      if (!isDeepStrictEqual(withoutCost(detail), withoutCost(shown))) {
        shown = detail
        yield detail
      }
    } catch (error) {
      if (until.aborted) return
      if (shown === undefined || !mayPass(error)) throw error
      failures += 1
    }
    await nextLook(Math.min(EVERY_MS * 2 ** failures, LONGEST_MS))
  }

  function detailOf(machine: FlyMachine): MachineDetail {
    const { picture, active } = session
    const row = picture.machineRow(machine.id)
    if (!row) throw goneError()
    const time = now()
    return machineDetail({
      machine,
      row,
      volumes: (machine.config?.mounts ?? []).flatMap(({ volumeId }) => picture.volumeRow(volumeId) ?? []),
      entries: ledger.since(active.account.id, monthOf(time).from).get(machine.id) ?? [],
      url: active.endpoints.appUrl(target.app),
      now: time,
    })
  }

  /** Sooner when the picture of this machine moved: an operation has just changed it. */
  async function nextLook(ms: number): Promise<void> {
    const moved = new AbortController()
    const off = session.onChanges(({ machines }) => {
      if (machines.put.some(({ id }) => id === target.id) || machines.remove.includes(target.id)) moved.abort()
    })
    try {
      await sleep(ms, undefined, { signal: AbortSignal.any([until, moved.signal]) })
    } catch {
      // Time to look, or the end.
    } finally {
      off()
    }
  }
}

/** Money grows by the second; that alone is no news. */
function withoutCost(detail: MachineDetail | undefined) {
  return detail && { ...detail, cost: { ...detail.cost, monthToDate: '', hoursThisMonth: 0 } }
}

function mayPass(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'unavailable' || error.code === 'rate-limited')
}
