import type { MachineRow, VolumeRow } from '#shared/contracts/fleet.ts'
import { sumOf } from '#shared/pricing/money.ts'

interface UserCost {
  user: string
  /** Dollars per 30 days if everything stays in its state. */
  month: string
}

interface Sources {
  machines: readonly Pick<MachineRow, 'userId' | 'monthEstimate'>[]
  volumes: readonly Pick<VolumeRow, 'userId' | 'monthEstimate'>[]
}

/** What each user's machines and volumes cost, the dearest first. */
export function userCosts({ machines, volumes }: Sources): UserCost[] {
  const owned = [...machines, ...volumes].filter(({ userId }) => userId !== undefined)
  const byUser = Map.groupBy(owned, ({ userId }) => userId ?? '')
  return [...byUser]
    .map(([user, rows]) => ({ user, month: sumOf(rows.map(({ monthEstimate }) => monthEstimate)) }))
    .toSorted((left, right) => Number(right.month) - Number(left.month) || left.user.localeCompare(right.user))
}
