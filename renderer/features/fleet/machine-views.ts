import type { MachineRow } from '#shared/contracts/fleet.ts'
import { machineStateLook } from '#shared/machines/machine-state.ts'

export type MachineView = 'all' | 'attention' | 'workspaces' | 'services'

/** Failed, stuck, out of reach, or not passing all its checks while it runs. */
export function needsAttention(row: MachineRow, now: number): boolean {
  const { tone } = machineStateLook(row, now)
  if (tone === 'bad' || tone === 'warn') return true
  return row.state === 'started' && row.checks !== undefined && row.checks.passing < row.checks.total
}

const inView: Readonly<Record<MachineView, (row: MachineRow, now: number) => boolean>> = {
  all: () => true,
  attention: needsAttention,
  workspaces: ({ role }) => role === 'workspace',
  services: ({ role }) => role === 'service',
}

export const rowsOfView = (view: MachineView, rows: readonly MachineRow[], now: number): readonly MachineRow[] =>
  view === 'all' ? rows : rows.filter((row) => inView[view](row, now))

export function countViews(rows: readonly MachineRow[], now: number): Record<MachineView, number> {
  const counts = { all: rows.length, attention: 0, workspaces: 0, services: 0 }
  for (const row of rows) {
    if (needsAttention(row, now)) counts.attention += 1
    if (row.role === 'workspace') counts.workspaces += 1
    if (row.role === 'service') counts.services += 1
  }
  return counts
}
