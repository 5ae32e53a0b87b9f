import { setTimeout as sleep } from 'node:timers/promises'
import { createApp, deleteApp, getApp } from '#electron/fly/apps.ts'
import type { FlyClient } from '#electron/fly/client.ts'
import { assignIp } from '#electron/fly/ip-assignments.ts'
import type { FlyMachine } from '#electron/fly/machine-schema.ts'
import { createMachine, listMachines } from '#electron/fly/machines.ts'
import { createVolume } from '#electron/fly/volumes.ts'
import type { WorkspaceSpec } from '#shared/contracts/operations.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { deleteFreedVolume } from './machine-work.ts'
import { isCode, waitUntil } from './wait-until.ts'
import { OPERATION_KEY, VOLUME_NAME, workspaceMachine } from './workspace-config.ts'

export interface WorkspaceWork {
  fly: FlyClient
  spec: WorkspaceSpec
  operationId: string
  /** Called when something is there to be seen; with the machine once there is one. */
  onMade: (machineId?: string) => void
  signal: AbortSignal
  /** Aborts when nobody wants to wait for the outcome any more. */
  patience: AbortSignal
}

/** What has been made so far, so that it can be taken away again. */
interface Made {
  app: boolean
  volumeId?: string | undefined
  machineId?: string | undefined
}

/** One step of making a workspace; returns what happened in a sentence. */
export interface Step {
  run: () => Promise<string>
}

/** The steps in the order of their items: app where asked for, volume, machine. */
export function workspaceSteps(work: WorkspaceWork): { steps: Step[]; undo: () => Promise<string> } {
  const made: Made = { app: false }
  const steps = [
    ...(work.spec.createApp ? [{ run: () => makeApp(work, made) }] : []),
    { run: () => makeVolume(work, made) },
    { run: () => makeMachine(work, made) },
  ]
  return { steps, undo: () => undo(work, made) }
}

async function makeApp({ fly, spec, signal }: WorkspaceWork, made: Made): Promise<string> {
  const { app, org, internalPort } = spec
  await createApp(fly, { app, org, network: app, signal })
  made.app = true
  await untilKnown(fly, app, signal)
  // A private address does not take the app's network by itself (Fly docs, per-user development environments).
  await assignIp(fly, { app, type: 'private_v6', org, network: app, signal })
  if (internalPort === undefined) return 'Created, with a private network of its own.'
  await assignIp(fly, { app, type: 'shared_v4', signal })
  await assignIp(fly, { app, type: 'v6', signal })
  return 'Created, with a private network and public addresses of its own.'
}

/** A new app answers 404 or 401 for a while: flyctl looks for a minute. */
const KNOWN_TRIES = 40
const KNOWN_PAUSE_MS = 1_500

async function untilKnown(fly: FlyClient, app: string, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await getApp(fly, { app, signal })
      return
    } catch (error) {
      const young = isCode(error, 'not-found') || isCode(error, 'unauthenticated') || isCode(error, 'forbidden')
      if (!young || attempt === KNOWN_TRIES) throw error
    }
    await sleep(KNOWN_PAUSE_MS, undefined, { signal })
  }
}

async function makeVolume({ fly, spec, onMade, signal }: WorkspaceWork, made: Made): Promise<string> {
  const { app, region, volumeGb, guest } = spec
  try {
    const volume = await createVolume(fly, { app, name: VOLUME_NAME, region, sizeGb: volumeGb, guest, signal })
    made.volumeId = volume.id
    onMade()
    return `Created ${volume.id}.`
  } catch (error) {
    throw withRegionAdvice(error, region)
  }
}

async function makeMachine(work: WorkspaceWork, made: Made): Promise<string> {
  const { fly, spec, onMade, signal, patience } = work
  const { app, region } = spec
  const machine = await createOnce(work, made.volumeId ?? '').catch((error: unknown) => {
    throw withRegionAdvice(error, region)
  })
  const { id, instanceId } = machine
  made.machineId = id
  onMade(id)
  try {
    const either = AbortSignal.any([signal, patience])
    await waitUntil({ fly, app, id, state: 'started', version: instanceId, signal: either })
  } catch (error) {
    if (signal.aborted || !patience.aborted) throw error
    return `Created ${id}; whether it started was not waited for.`
  }
  onMade(id)
  return `Created ${id} and started it.`
}

/** When the answer to a create is lost the machine may be there all the same: look before calling it failed. */
async function createOnce({ fly, spec, operationId, signal }: WorkspaceWork, volumeId: string): Promise<FlyMachine> {
  const { app } = spec
  try {
    return await createMachine(fly, { app, machine: workspaceMachine({ spec, volumeId, operationId }), signal })
  } catch (error) {
    if (!isCode(error, 'unavailable')) throw error
    const machines = await listMachines(fly, { app, signal })
    const ours = machines.find(({ config }) => config?.metadata[OPERATION_KEY] === operationId)
    if (!ours) throw error
    return ours
  }
}

function withRegionAdvice(error: unknown, region: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'no-capacity') return error
  const sentence = `Fly.io has no room in ${region} for a machine of this size. Choose another region and try again.`
  return new AppError('no-capacity', sentence, { cause: error, request: error.request })
}

/** Long enough for Fly to let go of a volume. */
const UNDO_MS = 30_000

/** Takes away what was made, after a later step has failed. Says what it did, or what is left and costs money. */
async function undo({ fly, spec, onMade }: WorkspaceWork, made: Made): Promise<string> {
  const { app } = spec
  if (made.machineId)
    return 'The machine and its volume were kept, so that you can read its logs. Destroy it when you are done.'
  // Not the signal of the operation: what was made must go, also where the operation was cancelled.
  const signal = AbortSignal.timeout(UNDO_MS)
  try {
    if (made.app) {
      await deleteApp(fly, { app, signal })
      return `The app ${app} was deleted again.`
    }
    if (made.volumeId === undefined) return ''
    await deleteFreedVolume({ fly, app, id: made.volumeId, signal })
    onMade()
    return `The volume ${made.volumeId} was deleted again.`
  } catch {
    // The step's own failure is what is shown; this adds what is left over because of it.
    const left = made.app ? `the app ${app}` : `the volume ${made.volumeId}`
    return `It could not be cleaned up: ${left} is still there and costs money. Delete it by hand.`
  }
}
