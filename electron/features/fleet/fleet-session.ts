import { setTimeout as sleep } from 'node:timers/promises'
import type { StateLedger } from '#electron/database/state-ledger.ts'
import type { ActiveAccount } from '#electron/fly/active-account.ts'
import type { FlyMachine } from '#electron/fly/machine-schema.ts'
import { createChanges } from '#electron/lib/changes.ts'
import type { Log } from '#electron/lib/log.ts'
import type { FleetStatus } from '#shared/contracts/fleet.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { isTransient } from '#shared/machines/machine-state.ts'
import { monthOf } from '#shared/pricing/month-to-date.ts'
import { createFleetReader, type Learned, type OfThing } from './fleet-reader.ts'
import { lookAround, type RoundReport } from './fleet-round.ts'
import { entriesOfEvents, entryOf } from './ledger-entries.ts'
import { createOrgReader } from './org-reader.ts'
import { createPicture, type FleetChanges } from './picture.ts'
import { hasten, newOrgPoll, nextStatus, pauseMs, verdictOf } from './poll-state.ts'
import { restorePicture } from './restore-picture.ts'
import { createRowsWriter } from './rows-writer.ts'
import type { SavedRows } from './saved-rows.ts'
import type { Snapshot } from './snapshot.ts'
import { createSnapshotWriter } from './snapshot-writer.ts'

interface SessionOptions {
  active: ActiveAccount
  snapshot: Snapshot
  savedRows: SavedRows
  ledger: StateLedger
  log: Log
  now: () => number
}

export interface Target {
  app: string
  id: string
}

/** How long a machine somebody changed is read in every round, at most. */
const HINT_MS = 15_000
const HINTS_PER_ROUND = 100
/** Changes that come together are looked at together. */
const BURST_MS = 50
/** How long saved rows wait for somebody to look before the rest is read without. */
const UNSEEN_MS = 3_000

export type FleetSession = ReturnType<typeof createFleetSession>

/** The live picture of one account, from sign-in to sign-out. Polls until `active.ended` aborts or it is closed. */
export function createFleetSession({ active, snapshot, savedRows, ledger, log, now }: SessionOptions) {
  const accountId = active.account.id
  const { appDomain } = active.endpoints
  const picture = createPicture((app) => `${app}.${appDomain}`)
  const closing = new AbortController()
  const ended = AbortSignal.any([active.ended, closing.signal])
  const polls = active.account.organizations.map(({ slug }) => newOrgPoll(slug))
  const listeners = new Set<(changes: FleetChanges) => void>()
  const moved = createChanges()
  const rounds = createChanges()
  const hints = new Map<string, Target & { at: number }>()
  const sweptAt = new Map<string, number>()
  const newestEvent = new Map<string, string>()
  let status: FleetStatus = { source: 'saved', connection: 'connecting', rateLimitFree: 1, errorRegions: [] }
  let byApp = polls.length === 0
  let watchers = 0
  let failures = 0
  let wake = new AbortController()
  let roundsDone = 0
  let inRound = false
  let everythingWanted = false

  const reader = createFleetReader({ fly: active.fly, picture, now, learned })
  const lists = createOrgReader({ fly: active.fly, picture, reader, now })
  const saved = createSnapshotWriter({ accountId, picture, snapshot, log, ended })
  const rowsWriter = createRowsWriter({ accountId, picture, savedRows, log, ended })
  const shown = new AbortController()
  const restored = restore()
  void restored.then(run)

  /** The rows are there when the session is; what they come from follows when the page has them. */
  async function restore(): Promise<void> {
    try {
      if (seedRows()) await sleepUnless(UNSEEN_MS, AbortSignal.any([shown.signal, ended]))
      await restorePicture({ picture, parts: snapshot.load(accountId), tell: tellRestored, ended })
    } catch (error) {
      log.error('The saved picture of the fleet could not be read', error)
    }
  }

  function seedRows(): boolean {
    try {
      const rows = savedRows.load(accountId)
      if (rows) picture.seed(rows)
      return rows !== undefined
    } catch (error) {
      log.warn('The saved rows of the fleet could not be read', error)
      return false
    }
  }

  function tellRestored(changes: FleetChanges): void {
    if (isEmpty(changes)) return
    rowsWriter.note()
    tell(changes)
  }

  function tell(changes: FleetChanges): void {
    for (const listener of listeners) listener(changes)
  }

  /** Brings the rows up to date, remembers them, and tells whoever watches. */
  function learned(machines: readonly FlyMachine[], { org, more }: Learned): void {
    if (ended.aborted) return
    const changes = picture.settle({ more })
    const { from } = monthOf(now())
    const history = machines.filter(isNews).flatMap((machine) => entriesOfEvents({ machine, org, from }))
    const gone = changes.machines.remove
    const touched = [...changes.machines.put.map(({ id }) => id), ...gone].flatMap((id) => picture.machine(id) ?? [])
    ledger.record(accountId, [...history, ...touched.map(entryOf)])
    if (isEmpty(changes)) return
    saved.note(changes)
    rowsWriter.note()
    tell(changes)
  }

  function isNews({ id, events }: FlyMachine): boolean {
    const newest = events[0]?.id
    if (newest === undefined || newestEvent.get(id) === newest) return false
    newestEvent.set(id, newest)
    return true
  }

  async function run(): Promise<void> {
    while (!ended.aborted) {
      const mode = byApp
      await round()
      if (mode === byApp) await pause()
    }
  }

  function forgetProgress(): void {
    everythingWanted = false
    for (const poll of polls)
      Object.assign(poll, newOrgPoll(poll.org), { machinesUntil: undefined, volumesUntil: undefined })
    sweptAt.clear()
  }

  /** Read since the change, and at rest; or nothing has come of it for long enough. */
  function hasShown(id: string, { at }: { at: number }): boolean {
    const known = picture.machine(id)
    const read = (known?.details?.readAt ?? 0) > at && !isTransient(known?.core.value.state ?? '')
    return read || now() - at > HINT_MS
  }

  async function round(): Promise<void> {
    inRound = true
    try {
      if (everythingWanted) forgetProgress()
      for (const [id, hint] of hints) if (hasShown(id, hint)) hints.delete(id)
      const hinted = new Map([...hints].slice(0, HINTS_PER_ROUND))
      report(await lookAround({ picture, reader, lists, polls, sweptAt, hinted, byApp, now, signal: ended }))
    } catch (error) {
      // A round reports what fails in it, so this is a mistake of ours: say it, and go on polling.
      log.error('A look at the fleet failed', error)
      report({ succeeded: 0, errors: [error] })
    }
    inRound = false
    roundsDone += 1
    rounds.emit()
  }

  function report({ lagMs, ...result }: RoundReport): void {
    if (ended.aborted) return
    const verdict = verdictOf(result)
    const { problem } = verdict
    // A token narrowed to apps: the next round asks for those instead.
    if (verdict.connection === 'refused' && problem?.code === 'forbidden') byApp = true
    failures = verdict.connection === 'connected' && problem?.code !== 'rate-limited' ? 0 : failures + 1
    if (problem && failures === 1) log.warn('The fleet could not be read', problem)
    const errorRegions = polls.flatMap((poll) => poll.errorRegions)
    const rateLimitFree = active.rateLimitFree()
    const { succeeded } = result
    status = nextStatus({ before: status, verdict, succeeded, lagMs, errorRegions, rateLimitFree, now: now() })
    moved.emit()
  }

  async function pause(): Promise<void> {
    const signal = AbortSignal.any([ended, wake.signal])
    try {
      await sleep(pauseMs({ watched: watchers > 0, failures }), undefined, { signal })
    } catch {
      // Woken, or at the end. A burst of changes wakes once.
      await sleep(BURST_MS)
    }
    wake = new AbortController()
  }

  return {
    picture,
    active,
    ended,
    status: () => status,
    /** Rows that changed, as they change. Returns how to stop listening. */
    onChanges(listener: (changes: FleetChanges) => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    onStatus: moved.on,
    /** Polls at the pace of somebody who looks until the returned function is called. */
    attach() {
      watchers += 1
      wake.abort()
      return () => {
        watchers -= 1
      }
    },
    /** These machines have just been changed: read them at once and until the change has shown. */
    hint(targets: readonly Target[]) {
      for (const target of targets) hints.set(target.id, { ...target, at: now() })
      for (const poll of polls) hasten(poll, now())
      wake.abort()
    },
    /** Reads everything again; returns when that is done. Throws when Fly could not be read. */
    async refresh(signal: AbortSignal) {
      everythingWanted = true
      failures = 0
      // A round under way began before the call: the one after it sees everything anew.
      const target = roundsDone + (inRound ? 2 : 1)
      wake.abort()
      await roundAfter(target, AbortSignal.any([signal, ended]))
      const { problem, connection } = status
      if (problem && connection !== 'connected') throw AppError.fromWire(problem)
    },
    /** Somebody has all rows there are. */
    shown: () => shown.abort(),
    /** One machine in full. What is read goes into a picture that is whole. */
    async readMachine(target: OfThing): Promise<FlyMachine> {
      await restored
      return reader.readMachine(target)
    },
    close() {
      saved.flush()
      rowsWriter.flush()
      closing.abort()
    },
  }

  function roundAfter(target: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const off = rounds.on(() => {
        if (roundsDone < target) return
        off()
        resolve()
      })
      signal.addEventListener('abort', () => {
        off()
        reject(new AppError('cancelled', 'Cancelled'))
      })
    })
  }
}

async function sleepUnless(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {
    // Sooner than that.
  })
}

function isEmpty({ apps, machines, volumes }: FleetChanges): boolean {
  return [apps, machines, volumes].every(({ put, remove }) => put.length === 0 && remove.length === 0)
}
