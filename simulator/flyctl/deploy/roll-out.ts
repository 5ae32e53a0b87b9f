import { FlyctlError } from '../failure.ts'
import { provideAddresses } from './addresses.ts'
import type { Image } from './build.ts'
import { tryCanaries } from './canary.ts'
import type { Deployment } from './deployment.ts'
import { createForGroups, groupChanges, removeSurplus, tellGroupChanges } from './group-changes.ts'
import { holdByOther } from './held-lease.ts'
import { chosen, isOfLaunch, type Launched, listMachines } from './launched-machines.ts'
import type { Rollout } from './machine-config.ts'
import { createRelease, markRelease } from './release.ts'
import { runReleaseCommand } from './release-command.ts'
import { updateMachines } from './strategies.ts'
import { checkVolumes, type FreeVolumes, freeVolumes, provideVolumes } from './volumes.ts'

/** Brings the app to an image. A release is written first and ends as complete, failed or interrupted. */
export async function rollOut(deployment: Deployment, image: Image): Promise<void> {
  const { context, faults } = deployment
  const all = await listMachines(deployment)
  const ofLaunch = all.filter(isOfLaunch)
  const machines = chosen(deployment, ofLaunch)
  const first = isFirst(deployment, { all, ofLaunch })
  const volumes = await freeVolumes(deployment)
  if (first) {
    await provideAddresses(deployment).catch((error: unknown) => {
      if (!(error instanceof FlyctlError)) throw error
      const how = 'Use `fly ips` commands to remediate it.'
      context.stderr(`Failed to provision IP addresses. ${how} ERROR: ${error.message}`)
    })
    await provideVolumes(deployment, { image: image.ref, volumes })
  }
  checkVolumes(deployment, { machines, volumes })
  if (faults.has('payment-method')) throw wantsPayment(deployment)
  const created = await createRelease(deployment, image)
  const rollout = { image: image.ref, release: created }
  const work = { ...rollout, volumes, machines, all }
  try {
    await markRelease(deployment, created, 'running')
    await change({ ...deployment, deployed: !first }, work)
    await markRelease(deployment, created, 'complete')
  } catch (error) {
    await markRelease(deployment, created, context.signal.aborted ? 'interrupted' : 'failed')
    throw error
  }
  if (context.env.FLY_EMIT_RELEASE_JSON)
    context.stdout(JSON.stringify({ id: created.id, version: created.version, image_ref: image.ref }))
}

/** An app that never ran; or one whose machines are all somebody else's business, which is told. */
function isFirst(
  { context, deployed }: Deployment,
  { all, ofLaunch }: { all: Launched[]; ofLaunch: Launched[] },
): boolean {
  if (ofLaunch.length === 0 && all.length > 0) {
    const why = "Your app doesn't have any Fly Launch machines, so we'll create one now. Learn more at "
    context.stderr(`[WARNING] ${why}\nhttps://fly.io/docs/launch/\n`)
    return true
  }
  return !deployed && ofLaunch.length === 0
}

const wantsPayment = ({ orgSlug }: Deployment): FlyctlError =>
  new FlyctlError(
    `error creating a new machine: failed to launch VM: To create more than 1 machine per app please add a payment method. https://fly.io/dashboard/${orgSlug}/billing`,
  )

interface Work extends Rollout {
  volumes: FreeVolumes
  machines: Launched[]
  all: Launched[]
}

/** The order is flyctl's: release command, canaries, machines of gone groups, machines of new groups, the others. */
async function change(deployment: Deployment, { machines, all, ...creation }: Work): Promise<void> {
  const { options, strategy, deployed, faults } = deployment
  if (options.releaseCommand) await runReleaseCommand(deployment, { ...creation, machines: all })
  const changes = groupChanges(deployment, machines)
  tellGroupChanges(deployment, changes)
  if (strategy === 'canary' && deployed) await tryCanaries(deployment, creation)
  await removeSurplus(deployment, changes.surplus)
  if (!options.updateOnly) await createForGroups(deployment, changes.missing, creation)
  const kept = machines.filter((machine) => !changes.surplus.includes(machine))
  const letGo = faults.has('lease-held') ? await holdByOther(deployment, kept) : async () => undefined
  try {
    await updateMachines(deployment, { ...creation, machines: kept })
  } finally {
    await letGo()
  }
}
