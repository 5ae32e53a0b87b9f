import { gigabytes } from './amounts.ts'
import { type FlyConfig, groupsOf, type Mount } from './shape.ts'

const between = (value: number | undefined, from: number, to: number) =>
  value === undefined || (value >= from && value <= to)
const size = (amount: number | string | undefined) =>
  amount === undefined ? undefined : (gigabytes(amount) ?? Number.NaN)

function extendErrors(mount: Mount): string[] {
  const threshold = mount.auto_extend_size_threshold
  const increment = size(mount.auto_extend_size_increment)
  const limit = size(mount.auto_extend_size_limit)
  const some = [threshold, increment, limit].some((part) => part !== undefined)
  return [
    ...(between(threshold, 50, 99) ? [] : ['auto_extend_size_threshold must be from 50 to 99']),
    ...(between(increment, 1, 100) ? [] : ['auto_extend_size_increment must be from 1GB to 100GB']),
    ...(between(limit, 1, 500) ? [] : ['auto_extend_size_limit must be from 1GB to 500GB']),
    ...(some && (threshold === undefined || increment === undefined)
      ? ['auto_extend_size_threshold and auto_extend_size_increment must be set together']
      : []),
  ]
}

function ownErrors(mount: Mount): string[] {
  const { source, destination, snapshot_retention: days } = mount
  return [
    ...(source ? [] : ['source is required']),
    ...(destination ? [] : ['destination is required']),
    ...(destination === '/' ? ['destination must not be /'] : []),
    ...(between(size(mount.initial_size), 1, Number.POSITIVE_INFINITY) ? [] : ['initial_size must be at least 1GB']),
    ...(between(days, 1, 60) ? [] : ['snapshot_retention must be from 1 to 60']),
    ...extendErrors(mount),
  ]
}

/** Sizes and ranges of each mount, and one mount for a group at most. */
export function mountErrors(config: FlyConfig): string[] {
  const { mounts } = config
  const own = mounts.flatMap((mount, index) => ownErrors(mount).map((problem) => `mounts[${index}]: ${problem}`))
  const used = (group: string) => mounts.filter(({ processes }) => processes?.includes(group) ?? true).length
  const crowded = groupsOf(config).filter((group) => used(group) > 1)
  return [...own, ...crowded.map((group) => `group '${group}' has more than one [[mounts]] section defined`)]
}
