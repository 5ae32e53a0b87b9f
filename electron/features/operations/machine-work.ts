import { setTimeout as sleep } from 'node:timers/promises'
import type { FlyClient } from '#electron/fly/client.ts'
import {
  destroyMachine,
  getMachine,
  restartMachine,
  startMachine,
  stopMachine,
  suspendMachine,
} from '#electron/fly/machines.ts'
import { deleteVolume } from '#electron/fly/volumes.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { type MachineVerb, TARGET_STATE } from '#shared/machines/machine-verbs.ts'
import { withPatience } from './lease-patience.ts'
import { goneElsewhere, isCode, waitUntil } from './wait-until.ts'

export interface MachineWork {
  fly: FlyClient
  verb: MachineVerb
  app: string
  id: string
  /** Version of its configuration, where known. */
  version?: string | undefined
  /** Deleted once the machine is gone. */
  volumeIds: readonly string[]
  /** Called when Fly has taken the order. */
  onOrdered: () => void
  signal: AbortSignal
  /** Aborts when nobody wants to wait for the outcome any more. */
  patience: AbortSignal
}

const ACTIONS = {
  start: startMachine,
  stop: stopMachine,
  suspend: suspendMachine,
  restart: restartMachine,
  destroy: destroyMachine,
}

const DONE: Readonly<Record<MachineVerb, string>> = {
  start: 'Started',
  stop: 'Stopped',
  suspend: 'Suspended',
  restart: 'Restarted',
  destroy: 'Destroyed',
}

/** Does one thing to one machine, waits until it has happened, and says so in a sentence. */
export async function workOnMachine(work: MachineWork): Promise<string> {
  const already = await order(work)
  if (already) return already
  work.onOrdered()
  const { verb, signal, patience } = work
  try {
    await waitUntil({ ...work, state: TARGET_STATE[verb], signal: AbortSignal.any([signal, patience]) })
  } catch (error) {
    if (!signal.aborted && patience.aborted) return 'Fly has the order; how it went was not waited for.'
    throw error
  }
  work.onOrdered()
  const volumes = verb === 'destroy' ? await deleteVolumes(work) : ''
  return `${DONE[verb]}${volumes}.`
}

/** Undefined when Fly took the order; a sentence when there was nothing left to order. */
async function order(work: MachineWork): Promise<string | undefined> {
  const { fly, verb, app, id, signal } = work
  try {
    await withPatience({ fly, app, id, signal }, () => ACTIONS[verb](fly, { app, id, signal }))
    return undefined
  } catch (error) {
    if (isCode(error, 'not-found')) return whenGone(work)
    if (await isThereAlready(work, error)) return `It was ${TARGET_STATE[verb]} already.`
    throw error
  }
}

async function whenGone(work: MachineWork): Promise<string> {
  work.onOrdered()
  if (work.verb !== 'destroy') throw goneElsewhere()
  return `It was destroyed elsewhere already${await deleteVolumes(work)}.`
}

/** Fly refuses to do what has been done. */
async function isThereAlready({ fly, verb, app, id, signal }: MachineWork, error: unknown): Promise<boolean> {
  const refused = isCode(error, 'conflict') || isCode(error, 'invalid-input')
  if (!refused || verb === 'restart' || verb === 'destroy') return false
  return (await getMachine(fly, { app, id, signal })).state === TARGET_STATE[verb]
}

async function deleteVolumes({ fly, app, volumeIds, signal }: MachineWork): Promise<string> {
  for (const id of volumeIds) await deleteFreedVolume({ fly, app, id, signal })
  if (volumeIds.length === 0) return ''
  return volumeIds.length === 1 ? ', and its volume deleted' : `, and its ${volumeIds.length} volumes deleted`
}

interface VolumeWork {
  fly: FlyClient
  app: string
  id: string
  signal: AbortSignal
}

/** A volume is freed a moment after its machine is gone. */
const FREE_TRIES = 6
const FREE_PAUSE_MS = 500

/** Deletes a volume that its machine may still be letting go of. One that is gone is fine. */
export async function deleteFreedVolume({ fly, app, id, signal }: VolumeWork): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await deleteVolume(fly, { app, id, signal })
      return
    } catch (error) {
      if (isCode(error, 'not-found')) return
      const stillHeld = isCode(error, 'conflict') || isCode(error, 'invalid-input')
      if (!stillHeld || attempt === FREE_TRIES) throw volumeLeft(id, error)
    }
    await sleep(FREE_PAUSE_MS * attempt, undefined, { signal })
  }
}

function volumeLeft(id: string, cause: unknown): AppError {
  const { code, message, request } = AppError.toWire(cause)
  return new AppError(code, `The machine is gone, but its volume ${id} is still there and costs money. ${message}`, {
    cause,
    request,
  })
}
