import { z } from 'zod'
import { stream } from '../ipc/contract.ts'
import { AppName, Money, OrgSlug, Timestamp } from './names.ts'

const Amounts = z.object({
  /** Started machines. */
  compute: Money,
  /** Root file systems of stopped and suspended machines. */
  stopped: Money,
  volumes: Money,
  total: Money,
})

const AppCost = z.object({
  app: AppName,
  org: OrgSlug,
  machines: z.int(),
  startedMachines: z.int(),
  volumes: z.int(),
  /** Since the first of the month (UTC), from the states Hangar has seen; see `knownSince`. */
  monthToDate: Amounts,
  /** The whole calendar month if every machine stays as it is now. */
  monthForecast: Amounts,
})
export type AppCost = z.infer<typeof AppCost>

export const CostSummary = z.object({
  month: z.string().regex(/^\d{4}-\d{2}$/),
  at: Timestamp,
  /** Up to here some machine's hours of the month are not known; they are taken to be like its later ones. */
  knownSince: Timestamp.optional(),
  /** Day of the price list used. */
  pricesFrom: z.string(),
  organizations: z.array(z.object({ org: OrgSlug, name: z.string(), monthToDate: Amounts, monthForecast: Amounts })),
  apps: z.array(AppCost),
  monthToDate: Amounts,
  monthForecast: Amounts,
  /** What the month had cost at the end of each day (UTC); the last one is today so far. */
  days: z.array(z.object({ day: z.iso.date(), total: Money })),
  /** Volumes that belong to no machine, per month. */
  orphanVolumes: z.object({ count: z.int(), month: Money }),
  /** Sentences: what the estimate leaves out (snapshots, egress, IPv4…). */
  leftOut: z.array(z.string()),
})
export type CostSummary = z.infer<typeof CostSummary>

export const cost = {
  /** The estimate of the current account, and again when the fleet changes (at most every 5 s). */
  watch: stream({ input: z.object({}), item: CostSummary }),
}
