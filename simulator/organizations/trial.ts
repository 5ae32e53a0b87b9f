import { organizationOf } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import type { Guest } from '../machines/config.ts'
import type { App, Machine, Organization } from '../world/types.ts'
import type { World } from '../world/world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** What a trial may have (Fly docs, free trial). The limits of vCPUs and memory are taken to be those of one machine. */
const LIMITS = { machines: 10, volumesGb: 20, cpus: 2, memoryMb: 4096 }
/** A trial ends after so much time of its machines or of the calendar, whichever is over first (Fly docs, free trial). */
const ENDS = { usedMs: 2 * HOUR, ageMs: 7 * DAY }

const billing = ({ rawSlug }: Organization) =>
  `please add a payment method. https://fly.io/dashboard/${rawSlug}/billing`

/** Nothing may be started before somebody pays. */
const unpaid = (organization: Organization) =>
  new FlyError(422, `To create more than 1 machine per app ${billing(organization)}`)

const overTrial = (organization: Organization, limit: string) =>
  new FlyError(422, `This is more than the free trial allows: ${limit}. To have more ${billing(organization)}`)

const owes = ({ billingStatus }: Organization) => billingStatus === 'TRIAL_ENDED' || billingStatus === 'SOURCE_REQUIRED'
const isTrial = ({ billingStatus }: Organization) => billingStatus === 'TRIAL_ACTIVE'
/** flyctl makes a builder larger than a trial allows, in a trial too. */
const isBuilder = ({ role }: App) => role === 'remote-docker-builder'

const appsOf = (world: World, { rawSlug }: Organization) =>
  [...world.apps.values()].filter((app) => app.org === rawSlug && !isBuilder(app))

/** An organisation that just began, or is to begin, without a card. */
export function beginTrial(world: World, organization: Organization): void {
  organization.billingStatus = 'TRIAL_ACTIVE'
  organization.trialUsedMs = 0
  world.schedule.after(ENDS.ageMs, () => endTrial(world, organization))
}

/** No machine starts any more; those that run are stopped when their five minutes are over. */
export function endTrial(world: World, organization: Organization): void {
  if (!isTrial(organization)) return
  organization.billingStatus = 'TRIAL_ENDED'
  world.effects.add({ kind: 'organization', id: organization.rawSlug, change: 'billing', to: 'TRIAL_ENDED' })
}

/** A card ends every limit. */
export function addPaymentMethod(world: World, organization: Organization): void {
  organization.billingStatus = 'CURRENT'
  organization.paidPlan = true
  world.effects.add({ kind: 'organization', id: organization.rawSlug, change: 'billing', to: 'CURRENT' })
}

/** A machine that runs, or would run, in an organisation without a card has to be small. */
export function checkTrialGuest(world: World, app: App, guest: Guest): void {
  const organization = organizationOf(world, app)
  if (owes(organization)) throw unpaid(organization)
  if (!isTrial(organization) || isBuilder(app)) return
  if (guest.cpu_kind === 'performance') throw overTrial(organization, 'no performance CPUs')
  if (guest.cpus > LIMITS.cpus) throw overTrial(organization, `${LIMITS.cpus} vCPUs`)
  if (guest.memory_mb > LIMITS.memoryMb) throw overTrial(organization, `${LIMITS.memoryMb} MB of memory`)
}

/** One more machine. */
export function checkTrialMachine(world: World, app: App, guest: Guest): void {
  checkTrialGuest(world, app, guest)
  const organization = organizationOf(world, app)
  if (!isTrial(organization) || isBuilder(app)) return
  const count = appsOf(world, organization).reduce((sum, { machines }) => sum + machines.size, 0)
  if (count >= LIMITS.machines) throw overTrial(organization, `${LIMITS.machines} machines`)
}

/** Some more gigabytes of volumes; those that are going do not count. */
export function checkTrialVolumes(world: World, app: App, moreGb: number): void {
  const organization = organizationOf(world, app)
  if (owes(organization)) throw unpaid(organization)
  if (!isTrial(organization) || isBuilder(app)) return
  const volumes = appsOf(world, organization).flatMap(({ volumes: ids }) =>
    [...ids].flatMap((id) => world.volumes.get(id) ?? []),
  )
  const kept = volumes.filter(({ state }) => state !== 'pending_destroy')
  const total = kept.reduce((sum, { sizeGb }) => sum + sizeGb, moreGb)
  if (total > LIMITS.volumesGb) throw overTrial(organization, `${LIMITS.volumesGb} GB of volumes`)
}

/** Addresses of the shared kind only. */
export function checkTrialAddress(world: World, app: App, type: string): void {
  const organization = organizationOf(world, app)
  if (type === 'v4' && (isTrial(organization) || owes(organization))) {
    throw overTrial(organization, 'no dedicated IPv4 address')
  }
}

/** Whether anything may be started in the app: not before a card is there that is owed. */
export const mayRun = (world: World, app: App): boolean => !owes(organizationOf(world, app))

/** Whether nobody pays for the machine: it runs on a trial, or still runs after one. */
export function runsUnpaid(world: World, machine: Machine): boolean {
  const app = world.apps.get(machine.app)
  if (!app || isBuilder(app)) return false
  const organization = organizationOf(world, app)
  return isTrial(organization) || owes(organization)
}

/** A machine is about to stop running: its time counts. */
export function countTrial(world: World, machine: Machine): void {
  const app = world.apps.get(machine.app)
  if (!app || !runsUnpaid(world, machine)) return
  const organization = organizationOf(world, app)
  organization.trialUsedMs = (organization.trialUsedMs ?? 0) + world.clock.now() - machine.stateSince
  if (organization.trialUsedMs >= ENDS.usedMs) endTrial(world, organization)
}
