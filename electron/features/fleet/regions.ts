import type { FlyClient } from '#electron/fly/client.ts'
import { listRegions } from '#electron/fly/regions.ts'
import type { Region } from '#shared/contracts/fleet.ts'
import { RegionCode } from '#shared/contracts/names.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { markupOf, REGION_NAMES } from '#shared/pricing/prices.ts'

/** Regions with their prices. Where Fly does not answer they come from the price list, without capacity. */
export async function readRegions(fly: FlyClient, signal: AbortSignal): Promise<Region[]> {
  try {
    const regions = await listRegions(fly, { signal })
    return regions
      .filter(({ code, deprecated }) => !deprecated && RegionCode.safeParse(code).success)
      .map(({ code, name, capacity }) => ({
        code,
        name,
        markup: Number(markupOf(code)),
        ...(capacity === undefined ? {} : { capacity }),
      }))
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'unavailable') throw error
    return Object.entries(REGION_NAMES).map(([code, name]) => ({ code, name, markup: Number(markupOf(code)) }))
  }
}
