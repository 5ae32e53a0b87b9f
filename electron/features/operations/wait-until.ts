import { setTimeout as sleep } from 'node:timers/promises'
import type { FlyClient } from '#electron/fly/client.ts'
import type { FlyMachine } from '#electron/fly/machine-schema.ts'
import { getMachine, waitForState } from '#electron/fly/machines.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { describeEvent } from '#shared/machines/machine-events.ts'
import { isGone } from '#shared/machines/machine-state.ts'

interface WaitInput {
  fly: FlyClient
  app: string
  id: string
  state: string
  /** Instance id; keeps an older version of the machine from satisfying the wait. */
  version?: string | undefined
  signal: AbortSignal
}

/** Fly's own limit is 60 s a call; shorter calls notice a failed machine sooner. */
const CALL_SECONDS = 20
/** Past this Fly itself calls a machine stuck. */
const GIVE_UP_MS = 5 * 60_000
/** Between two looks at a machine that is gone from `wait` but not yet from Get Machine. */
const LOOK_MS = 300

/** Returns once the machine is in the state. Throws why it will not be. */
export async function waitUntil(wait: WaitInput): Promise<void> {
  const until = performance.now() + GIVE_UP_MS
  while (performance.now() < until) {
    if ((await waitOnce(wait)) || (await isThere(wait))) return
    await sleep(LOOK_MS, undefined, { signal: wait.signal })
  }
  const minutes = GIVE_UP_MS / 60_000
  throw new AppError(
    'unavailable',
    `It is not ${wait.state} after ${minutes} minutes. Look at its events, then try again.`,
  )
}

/** False when the time of the call was over first, or Fly cannot wait for this. */
async function waitOnce({ fly, app, id, state, version, signal }: WaitInput): Promise<boolean> {
  try {
    await waitForState(fly, { app, id, state, version, timeoutSeconds: CALL_SECONDS, signal })
    return true
  } catch (error) {
    if (isTimeout(error) || isCode(error, 'invalid-input') || isCode(error, 'not-found')) return false
    throw error
  }
}

async function isThere(wait: WaitInput): Promise<boolean> {
  const { state } = wait
  const machine = await look(wait)
  if (!machine || isGone(machine.state)) {
    if (state !== 'destroyed') throw goneElsewhere()
    return true
  }
  if (machine.state !== state && hasFailed(machine, state)) throw new AppError('conflict', failure(machine))
  return machine.state === state
}

async function look({ fly, app, id, signal }: Omit<WaitInput, 'state'>): Promise<FlyMachine | undefined> {
  try {
    return await getMachine(fly, { app, id, signal })
  } catch (error) {
    if (isCode(error, 'not-found')) return undefined
    throw error
  }
}

export function goneElsewhere(): AppError {
  return new AppError('not-found', 'It was destroyed elsewhere in the meantime. There is nothing left to do.')
}

function hasFailed(machine: FlyMachine, wanted: string): boolean {
  const [newest] = machine.events
  const crashed = newest?.exit !== undefined && machine.state === 'stopped' && wanted === 'started'
  return machine.state === 'failed' || machine.state === 'launch_failed' || crashed
}

function failure({ state, events }: FlyMachine): string {
  const told = events.find(({ type }) => type === 'exit') ?? events[0]
  const why = told ? ` ${describeEvent(told).text}.` : ''
  return `It is ${state.replaceAll('_', ' ')} instead.${why} Look at its logs for the cause.`
}

export function isCode(error: unknown, code: AppError['code']): boolean {
  return error instanceof AppError && error.code === code
}

/** 408: the time of one call was over, not ours. */
function isTimeout(error: unknown): boolean {
  return error instanceof AppError && error.request?.status === 408
}
