import { setImmediate as nextTurn } from 'node:timers/promises'
import type { LedgerEntry } from '#electron/database/state-ledger.ts'
import type { Organization } from '#shared/contracts/accounts.ts'
import type { AppCost, CostSummary } from '#shared/contracts/cost.ts'
import type { AppRow, MachineRow, VolumeRow } from '#shared/contracts/fleet.ts'
import { type Amounts, amounts, NOTHING, sumAmounts } from '#shared/pricing/amounts.ts'
import { daysToDate } from '#shared/pricing/days-to-date.ts'
import { chargedAs, startedPrice, stoppedPrice, volumePrice } from '#shared/pricing/machine-price.ts'
import { isMore, sumOf, ZERO } from '#shared/pricing/money.ts'
import { bill, chargeFor, monthOf, volumeChargeFor } from '#shared/pricing/month-to-date.ts'
import { PRICES } from '#shared/pricing/prices.ts'
import { leftOut } from './left-out.ts'

export interface CostInput {
  apps: readonly AppRow[]
  machines: readonly MachineRow[]
  volumes: readonly VolumeRow[]
  /** States of this month and the one each machine began it in, by machine; machines that are gone included. */
  entries: ReadonlyMap<string, readonly LedgerEntry[]>
  organizations: readonly Pick<Organization, 'slug' | 'name'>[]
  now: number
}

/** What the fleet has cost this month and will have at its end, from what Hangar has seen. Lets others have turns. */
export async function costSummary(input: CostInput): Promise<CostSummary> {
  const { volumes, machines, now } = input
  const parts = partsByApp(input)
  await nextTurn()
  const apps = await appCosts(input, parts)
  const monthToDate = sumAmounts(apps.map((app) => app.monthToDate))
  const histories = [...parts.values()].flatMap((part) => part.histories)
  const orphans = volumes.filter(({ orphan }) => orphan)
  const known = knownSince(input)
  return {
    month: monthOf(now).name,
    at: now,
    ...(known === undefined ? {} : { knownSince: known }),
    pricesFrom: PRICES.from,
    organizations: organizationCosts(apps, input.organizations),
    apps,
    monthToDate,
    monthForecast: sumAmounts(apps.map(({ monthForecast }) => monthForecast)),
    days: daysToDate({ histories, volumes, total: monthToDate.total, now }),
    orphanVolumes: { count: orphans.length, month: sumOf(orphans.map(({ monthEstimate }) => monthEstimate)) },
    leftOut: leftOut(machines),
  }
}

/** Machines charged for in one turn of the event loop: some 10 ms of work. */
const MACHINES_PER_TURN = 500

interface AppParts {
  org: string
  machines: MachineRow[]
  volumes: VolumeRow[]
  /** Of machines that are there and of those that are gone. */
  histories: { entries: readonly LedgerEntry[]; createdAt?: number | undefined }[]
}

async function appCosts(input: CostInput, parts: ReadonlyMap<string, AppParts>): Promise<AppCost[]> {
  const costs: AppCost[] = []
  let waiting = 0
  for (const [app, part] of parts) {
    costs.push(appCost(app, part, input.now))
    waiting += part.histories.length
    if (waiting < MACHINES_PER_TURN) continue
    waiting = 0
    await nextTurn()
  }
  // An app that is gone is shown as long as this month's bill has it.
  const live = new Set(input.apps.map(({ name }) => name))
  return costs.filter(({ app, monthToDate }) => live.has(app) || isMore(monthToDate.total))
}

function partsByApp({ apps, machines, volumes, entries }: CostInput): Map<string, AppParts> {
  const parts = new Map<string, AppParts>()
  const partOf = (app: string, org: string): AppParts => {
    const part = parts.get(app) ?? { org, machines: [], volumes: [], histories: [] }
    parts.set(app, part)
    return part
  }
  for (const { name, org } of apps) partOf(name, org)
  for (const row of machines) {
    const part = partOf(row.app, row.org)
    part.machines.push(row)
    part.histories.push(historyOf(row, entries.get(row.id)))
  }
  for (const row of volumes) partOf(row.app, row.org).volumes.push(row)
  const there = new Set(machines.map(({ id }) => id))
  for (const [id, list] of entries) {
    const [first] = list
    if (first && !there.has(id)) partOf(first.app, first.org).histories.push({ entries: list })
  }
  return parts
}

/** A machine the ledger has not seen yet is taken to have been as it is. */
function historyOf(row: MachineRow, entries: readonly LedgerEntry[] | undefined) {
  const { id, app, org, state, region, guest, since, createdAt } = row
  const now: LedgerEntry = { machineId: id, at: since, app, org, state, region, guest, how: 'list' }
  return { entries: entries ?? [now], createdAt: createdAt || undefined }
}

function appCost(app: string, { org, machines, volumes, histories }: AppParts, now: number): AppCost {
  const month = monthOf(now)
  const period = { from: month.from, to: now }
  const monthToDate = bill(
    histories.map((history) => chargeFor(history, period)),
    volumes.map((volume) => volumeChargeFor(volume, period)),
  )
  const rest = restOfMonth({ machines, volumes }, month.to - now)
  return {
    app,
    org,
    machines: machines.length,
    startedMachines: machines.filter(({ state }) => state === 'started').length,
    volumes: volumes.length,
    monthToDate,
    monthForecast: sumAmounts([monthToDate, rest]),
  }
}

/** If everything stays as it is for so many milliseconds. */
function restOfMonth({ machines, volumes }: Pick<AppParts, 'machines' | 'volumes'>, ms: number): Amounts {
  const compute = machines.map(({ state, guest, region }) => {
    return chargedAs(state) === 'compute' && guest ? startedPrice({ guest, region }, ms) : ZERO
  })
  const stopped = machines.map(({ state }) => (chargedAs(state) === 'stopped' ? stoppedPrice(ms) : ZERO))
  const kept = volumes.map((volume) => volumePrice(volume, ms))
  return amounts({ compute: sumOf(compute), stopped: sumOf(stopped), volumes: sumOf(kept) })
}

function organizationCosts(apps: readonly AppCost[], organizations: CostInput['organizations']) {
  const names = new Map(organizations.map(({ slug, name }) => [slug, name]))
  const slugs = new Set([...names.keys(), ...apps.map(({ org }) => org)])
  return [...slugs].map((org) => {
    const own = apps.filter((app) => app.org === org)
    return {
      org,
      name: names.get(org) ?? org,
      monthToDate: own.length > 0 ? sumAmounts(own.map(({ monthToDate }) => monthToDate)) : NOTHING,
      monthForecast: own.length > 0 ? sumAmounts(own.map(({ monthForecast }) => monthForecast)) : NOTHING,
    }
  })
}

/** The latest moment up to which some machine's hours of this month had to be assumed. Absent = none had. */
function knownSince({ machines, entries, now }: CostInput): number | undefined {
  const { from } = monthOf(now)
  const firsts = machines.flatMap(({ id, createdAt, since }) => {
    const first = entries.get(id)?.[0]?.at ?? since
    return first > Math.max(from, createdAt) ? [Math.min(first, now)] : []
  })
  return firsts.length > 0 ? firsts.reduce((latest, first) => Math.max(latest, first)) : undefined
}
