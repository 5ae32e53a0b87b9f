import { setTimeout as sleep } from 'node:timers/promises'
import type { FlyClient } from '#electron/fly/client.ts'
import { getLease, type Lease } from '#electron/fly/leases.ts'
import { AppError } from '#shared/ipc/errors.ts'

interface Patience {
  fly: FlyClient
  app: string
  id: string
  signal: AbortSignal
  /** How long to wait for somebody else to let go of the machine; flyctl waits as long for a lease. */
  patienceMs?: number
}

const PATIENCE_MS = 60_000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 8_000

/** Runs `act`; while somebody else has reserved the machine it is tried again, and in the end said who has. */
export async function withPatience<T>(
  { fly, app, id, signal, patienceMs = PATIENCE_MS }: Patience,
  act: () => Promise<T>,
): Promise<T> {
  const until = performance.now() + patienceMs
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await act()
    } catch (error) {
      if (!isHeld(error)) throw error
      if (performance.now() >= until) throw heldBy(await ownerOf({ fly, app, id, signal }), error)
    }
    await sleep(Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS), undefined, { signal })
  }
}

/** 409. The other conflict, 412, is a state that does not fit, and waiting does not change it. */
function isHeld(error: unknown): error is AppError {
  return error instanceof AppError && error.code === 'conflict' && error.request?.status === 409
}

async function ownerOf({ fly, app, id, signal }: Patience): Promise<Lease | undefined> {
  try {
    return await getLease(fly, { app, id, signal })
  } catch {
    // Let go of just now, or not ours to read: the sentence does without a name.
    return undefined
  }
}

function heldBy(lease: Lease | undefined, cause: AppError): AppError {
  const who = lease?.owner ?? 'Somebody else'
  const until = lease?.expiresAt ? ` until ${new Date(lease.expiresAt * 1000).toISOString()}` : ''
  const what = lease?.description ? ` (${lease.description})` : ''
  const { request } = cause
  return new AppError('conflict', `${who} has reserved this machine${until}${what}. Wait for that, then try again.`, {
    cause,
    request,
  })
}
