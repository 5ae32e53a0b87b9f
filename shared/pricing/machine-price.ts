import Big from 'big.js'
import type { Guest } from '../contracts/fleet.ts'
import { type Dollars, dollars, partOf, ZERO } from './money.ts'
import { ASSUMED_ROOTFS_GB, markupOf, PRICES } from './prices.ts'

interface Placed {
  guest: Guest
  region: string
}

const MB_PER_GB = 1024
const MS_PER_MONTH = PRICES.monthSeconds * 1000

interface Rates {
  second: Big
  hour: Dollars
  month: Dollars
}

/** A fleet has few sizes and many machines: each size is worked out once. */
const known = new Map<string, Rates>()

function ratesOf({ guest, region }: Placed): Rates {
  const { cpuKind, cpus, memoryMb } = guest
  const key = `${cpuKind} ${cpus} ${memoryMb} ${region}`
  const rates = known.get(key) ?? workOut({ guest, region })
  known.set(key, rates)
  return rates
}

function workOut({ guest: { cpuKind, cpus, memoryMb }, region }: Placed): Rates {
  const extraGb = new Big(memoryMb).div(MB_PER_GB).minus(new Big(PRICES.includedRamGb[cpuKind]).times(cpus))
  const ram = extraGb.gt(0) ? extraGb.times(PRICES.extraRamGbSecond) : new Big(0)
  const second = new Big(PRICES.vcpuSecond[cpuKind]).times(cpus).plus(ram).times(markupOf(region))
  return { second, hour: dollars(second.times(3600)), month: dollars(second.times(PRICES.monthSeconds)) }
}

/** A started machine, per hour. */
export function hourPrice(placed: Placed): Dollars {
  return ratesOf(placed).hour
}

/** A machine that stays started for 30 days. */
export function monthPrice(placed: Placed): Dollars {
  return ratesOf(placed).month
}

/** A machine started for so many milliseconds. */
export function startedPrice(placed: Placed, ms: number): Dollars {
  return dollars(ratesOf(placed).second.times(ms).times('0.001'))
}

/** The root file system of a stopped or suspended machine, for 30 days. */
export function stoppedMonthPrice(rootfsGb: string = ASSUMED_ROOTFS_GB): Dollars {
  return dollars(new Big(PRICES.rootfsGbMonth).times(rootfsGb))
}

/** The same for so many milliseconds. */
export function stoppedPrice(ms: number, rootfsGb: string = ASSUMED_ROOTFS_GB): Dollars {
  return partOf(stoppedMonthPrice(rootfsGb), ms, MS_PER_MONTH)
}

/** A volume of so many provisioned GB, for 30 days. Free once its deletion is under way. */
export function volumeMonthPrice({ sizeGb, state }: { sizeGb: number; state: string }): Dollars {
  return isFreeVolume(state) ? ZERO : dollars(new Big(PRICES.volumeGbMonth).times(sizeGb))
}

/** The same for so many milliseconds. */
export function volumePrice(volume: { sizeGb: number; state: string }, ms: number): Dollars {
  return partOf(volumeMonthPrice(volume), ms, MS_PER_MONTH)
}

function isFreeVolume(state: string): boolean {
  return state === 'pending_destroy' || state === 'destroying' || state === 'destroyed'
}

/** What a state is charged as. Fly describes no other state than these as charged. */
export function chargedAs(state: string): 'compute' | 'stopped' | 'nothing' {
  if (state === 'started') return 'compute'
  return state === 'stopped' || state === 'suspended' ? 'stopped' : 'nothing'
}

/** What a machine costs for 30 days if it stays in the state it is in. Without its volumes. */
export function monthInState({
  state,
  guest,
  region,
}: {
  state: string
  guest?: Guest | undefined
  region: string
}): Dollars {
  const kind = chargedAs(state)
  if (kind === 'stopped') return stoppedMonthPrice()
  return kind === 'compute' && guest ? monthPrice({ guest, region }) : ZERO
}
