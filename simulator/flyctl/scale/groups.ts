import { groupOf } from '../machine/machine.ts'

/** Machines by their process group, in order of its name. */
export function byGroup(machines: readonly unknown[]): [string, unknown[]][] {
  const groups = new Map<string, unknown[]>()
  for (const machine of machines) groups.set(groupOf(machine), [...(groups.get(groupOf(machine)) ?? []), machine])
  return [...groups].sort(([one], [other]) => one.localeCompare(other))
}

/** How many of each. */
export function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
