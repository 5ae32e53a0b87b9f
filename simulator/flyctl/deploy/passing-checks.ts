import { field, list, text } from '../api.ts'

/** Checks of a machine that count, and how many of them pass. Those for Fly's own use do not (fly-go). */
export function passingChecks(machine: unknown): { passing: number; total: number } {
  const found = list(field(machine, 'checks')).filter((check) => !text(check, 'name')?.startsWith('bg_deployments'))
  return { total: found.length, passing: found.filter((check) => text(check, 'status') === 'passing').length }
}
