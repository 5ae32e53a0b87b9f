import type { FleetStatus } from '#shared/contracts/fleet.ts'
import { AppError, type WireError } from '#shared/ipc/errors.ts'

/** While somebody looks. */
const ACTIVE_MS = 2_000
/** While nobody does: the ledger still wants to know. */
const IDLE_MS = 30_000
const LONGEST_MS = 60_000

/** How long to wait for the next round, after so many that failed in a row. */
export function pauseMs({ watched, failures }: { watched: boolean; failures: number }): number {
  const pause = watched ? ACTIVE_MS : IDLE_MS
  return failures === 0 ? pause : Math.min(Math.max(pause, ACTIVE_MS * 2 ** failures), Math.max(pause, LONGEST_MS))
}

/** Fly's org-wide lists lag: changes may show up later than the newest change already seen (Machines API description). */
export const OVERLAP_MS = 60_000

export interface RoundResult {
  /** Parts of the round that worked, and how the others failed. */
  succeeded: number
  errors: unknown[]
}

export type Verdict = Pick<FleetStatus, 'connection'> & { problem?: WireError | undefined }

/** What a round says about the connection. One part that worked is a connection. */
export function verdictOf({ succeeded, errors }: RoundResult): Verdict {
  const [first] = errors.map((error) => AppError.toWire(error))
  if (!first) return { connection: 'connected' }
  if (succeeded > 0 || first.code === 'rate-limited') return { connection: 'connected', problem: first }
  const refused = first.code === 'unauthenticated' || first.code === 'forbidden'
  return { connection: refused ? 'refused' : 'offline', problem: first }
}

export interface OrgPoll {
  org: string
  /** Newest change seen in the lists, by Fly's clock. Absent = the whole list is still to be read. */
  machinesUntil?: number | undefined
  volumesUntil?: number | undefined
  /** By our clock. */
  machinesFullAt: number
  volumesFullAt: number
  volumesAt: number
  appsAt: number
  errorRegions: string[]
}

export function newOrgPoll(org: string): OrgPoll {
  return { org, machinesFullAt: 0, volumesFullAt: 0, volumesAt: 0, appsAt: 0, errorRegions: [] }
}

/** Whole lists now and then find what the changes have missed. */
const FULL_EVERY_MS = 5 * 60_000
const VOLUMES_EVERY_MS = 10_000
const APPS_EVERY_MS = 30_000

/** A change may have made or freed volumes and apps: their lists are due soon, however many changes there are. */
export function hasten(poll: OrgPoll, now: number): void {
  poll.volumesAt = Math.min(poll.volumesAt, now - VOLUMES_EVERY_MS + ACTIVE_MS)
  poll.appsAt = Math.min(poll.appsAt, now - APPS_EVERY_MS + ACTIVE_MS)
}

/** What is due in this round. */
export function dueParts(poll: OrgPoll, now: number) {
  return {
    machinesFull: poll.machinesUntil === undefined || now - poll.machinesFullAt >= FULL_EVERY_MS,
    volumes: now - poll.volumesAt >= VOLUMES_EVERY_MS,
    volumesFull: poll.volumesUntil === undefined || now - poll.volumesFullAt >= FULL_EVERY_MS,
    apps: now - poll.appsAt >= APPS_EVERY_MS,
  }
}

interface StatusInput {
  before: FleetStatus
  verdict: Verdict
  succeeded: number
  lagMs: number | undefined
  errorRegions: readonly string[]
  rateLimitFree: number
  now: number
}

/** What the status bar says after a round. What a round did not tell stays as it was. */
export function nextStatus({ before, verdict, succeeded, now, ...round }: StatusInput): FleetStatus {
  const { connection, problem } = verdict
  const updatedAt = succeeded > 0 ? now : before.updatedAt
  const lagMs = round.lagMs ?? before.lagMs
  return {
    source: connection === 'connected' ? 'live' : before.source,
    connection,
    ...(updatedAt === undefined ? {} : { updatedAt }),
    ...(lagMs === undefined ? {} : { lagMs }),
    rateLimitFree: round.rateLimitFree,
    errorRegions: [...new Set(round.errorRegions)],
    ...(problem ? { problem } : {}),
  }
}
