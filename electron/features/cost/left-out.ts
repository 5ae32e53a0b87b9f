import type { MachineRow } from '#shared/contracts/fleet.ts'
import { formatDollars } from '#shared/pricing/money.ts'
import { count } from '#shared/pricing/planner.ts'
import { ASSUMED_ROOTFS_GB, PRICES } from '#shared/pricing/prices.ts'

/** Sentences: what the estimate cannot know, so that nobody takes it for a bill. */
export function leftOut(machines: readonly MachineRow[]): string[] {
  const { snapshotFreeGb, snapshotGbMonth, dedicatedIpv4Month } = PRICES
  const sizeless = machines.filter(({ guest, state }) => state === 'started' && !guest).length
  return [
    `Volume snapshots: Fly.io does not say how much they hold. Beyond ${snapshotFreeGb} GB they cost ${formatDollars(snapshotGbMonth)} per GB and month.`,
    'Egress, and traffic between regions.',
    `Dedicated IPv4 addresses (${formatDollars(dedicatedIpv4Month)} a month each), certificates and other products.`,
    'Volumes that were deleted earlier this month.',
    `Stopped machines are counted with a root file system of ${ASSUMED_ROOTFS_GB} GB, because Fly.io does not say how large it is.`,
    ...(sizeless > 0 ? [`${count(sizeless, 'started machine')} whose size Fly.io does not tell just now.`] : []),
  ]
}
