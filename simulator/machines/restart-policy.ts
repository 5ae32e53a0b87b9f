import type { Machine } from '../world/types.ts'

/** Retries are counted in this window, in milliseconds (Fly docs, machine restart policy). */
const WINDOW = 5 * 60_000
const DEFAULT_RETRIES = 10

/** Whether Fly starts the machine again after an exit nobody asked for. Forgets restarts outside the window. */
export function restartsAgain(machine: Machine, { exitCode, now }: { exitCode: number; now: number }): boolean {
  const { policy = 'on-failure', max_retries: limit = DEFAULT_RETRIES } = machine.config.restart ?? {}
  machine.restarts = machine.restarts.filter((at) => at > now - WINDOW)
  if (policy === 'no' || (policy === 'on-failure' && exitCode === 0)) return false
  return policy === 'always' || machine.restarts.length < limit
}
