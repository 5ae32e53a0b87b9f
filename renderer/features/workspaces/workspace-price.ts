import type { Guest } from '#shared/contracts/fleet.ts'
import { hourPrice, monthPrice, stoppedMonthPrice, volumeMonthPrice } from '#shared/pricing/machine-price.ts'
import { sumOf } from '#shared/pricing/money.ts'
import { plan } from '#shared/pricing/planner.ts'

interface Priced {
  guest: Guest
  region: string
  volumeGb: number
}

/** A working day's use, to have something to compare with. */
const HOURS_A_DAY = 2
const DAYS = 30

/** What the workspace costs a month, from never running to always, with the sums behind it. */
export function workspacePrice({ guest, region, volumeGb }: Priced) {
  const volume = volumeMonthPrice({ sizeGb: volumeGb, state: 'created' })
  const planned = plan({ users: 1, hoursPerDay: HOURS_A_DAY, days: DAYS, guest, volumeGb, region })
  return {
    volume,
    hour: hourPrice({ guest, region }),
    compute: monthPrice({ guest, region }),
    stopped: sumOf([stoppedMonthPrice(), volume]),
    twoHours: planned.total,
    lines: planned.lines,
    always: sumOf([monthPrice({ guest, region }), volume]),
  }
}
