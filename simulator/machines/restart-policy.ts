import type { Machine } from '../world/types.ts'

/** Retries are counted in this window, in milliseconds (Fly docs, machine restart policy). */
const WINDOW = 5 * 60_000
const DEFAULT_RETRIES = 10

/** What holds for a machine: `on-failure` when its config has none, and always when it has a schedule (API description). */
const policyOf = ({ config: { restart, schedule } }: Machine) =>
  restart?.policy === 'always' && schedule !== undefined ? 'on-failure' : (restart?.policy ?? 'on-failure')

/** Whether Fly starts the machine again after an exit nobody asked for. Forgets restarts outside the window. */
export function restartsAgain(machine: Machine, { exitCode, now }: { exitCode: number; now: number }): boolean {
  const { max_retries: limit = DEFAULT_RETRIES } = machine.config.restart ?? {}
  const policy = policyOf(machine)
  machine.restarts = machine.restarts.filter((at) => at > now - WINDOW)
  if (policy === 'no' || (policy === 'on-failure' && exitCode === 0)) return false
  return policy === 'always' || machine.restarts.length < limit
}

/** Doubles with each restart of the window, until the pause is some twenty seconds. Fly documents no figure. */
export const backOff = ({ restarts }: Machine): number => 2 ** Math.min(4, Math.max(0, restarts.length - 1))
