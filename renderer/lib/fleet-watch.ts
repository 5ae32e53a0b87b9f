import { AppError } from '#shared/ipc/errors.ts'
import type { FleetStore } from './fleet-store.ts'
import type { Ipc } from './ipc.ts'
import { pause } from './pause.ts'

/** Between two attempts: soon enough to feel immediate after an account change, seldom enough to be free. */
const AGAIN_MS = 250
/** Upper end of the growing pause after failures. */
const LONGEST_MS = 10_000

interface Watch {
  ipc: Pick<Ipc, 'fleet'>
  store: FleetStore
  signal: AbortSignal
}

/** Keeps the store in step with the main process until `signal` aborts. Asks again when the stream ends or fails. */
export async function watchFleet({ ipc, store, signal }: Watch): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    try {
      for await (const update of ipc.fleet.watch({}, { signal })) {
        store.apply(update)
        failures = 0
      }
      if (!signal.aborted) store.clear()
    } catch (error) {
      if (signal.aborted) return
      failures += 1
      note(store, error)
    }
    await pause(Math.min(AGAIN_MS * 2 ** failures, LONGEST_MS), signal)
  }
}

function note(store: FleetStore, error: unknown): void {
  const problem = AppError.toWire(error)
  // Nobody is signed in any more: what the last account had must not stay on screen.
  if (problem.code === 'unauthenticated') store.clear()
  store.fail(problem)
}
