import type { FlyApp } from '#electron/fly/apps.ts'
import type { FlyVolume } from '#electron/fly/volumes.ts'
import type { AppRow, Image, MachineRow, VolumeRow } from '#shared/contracts/fleet.ts'
import { parseImageReference } from '#shared/machines/image-reference.ts'
import { machineRole } from '#shared/machines/machine-role.ts'
import { hourPrice, monthInState, volumeMonthPrice } from '#shared/pricing/machine-price.ts'
import { sumOf, ZERO } from '#shared/pricing/money.ts'
import type { KnownMachine } from './known-schema.ts'

/** The line of the table. Optional facts are left out rather than set to undefined, so that lines compare. */
export function machineRow({ id, core, config, env, details, since }: KnownMachine, volumeId?: string): MachineRow {
  const { name, app, org, state, region, createdAt } = core.value
  const { guest, metadata = {} } = config?.value ?? {}
  const { hostStatus = 'ok', checks } = details?.value ?? {}
  const userId = metadata.user_id || env?.value.userId
  const image = imageOf({ core, config, details })
  const volume = env?.value.volumeId ?? volumeId
  return {
    id,
    name,
    app,
    org,
    state,
    hostStatus,
    region,
    role: machineRole({ app, metadata, env: userId ? { USER_ID: userId } : {} }),
    ...(userId ? { userId } : {}),
    ...(guest ? { guest } : {}),
    ...(image ? { image } : {}),
    ...(volume ? { volumeId: volume } : {}),
    since: since.at,
    sinceExact: since.exact,
    createdAt,
    updatedAt: core.updatedAt,
    // Checks of a machine that does not run say how it was, not how it is.
    ...(checks && state === 'started' ? { checks } : {}),
    monthEstimate: monthInState({ state, guest, region }),
    hourEstimate: guest ? hourPrice({ guest, region }) : ZERO,
  }
}

/** The digest belongs to a version: one read of an older version is not shown for a newer one. */
function imageOf({ core, config, details }: Pick<KnownMachine, 'core' | 'config' | 'details'>): Image | undefined {
  const version = core.value.instanceId
  const current = !version || details?.value.instanceId === version
  return (current ? details?.value.image : undefined) ?? config?.value.image
}

interface VolumeContext {
  org: string
  /** The machine it is attached to, where that is known. */
  machine?: { userId?: string | undefined; gone: boolean } | undefined
}

export function volumeRow(volume: FlyVolume, { org, machine }: VolumeContext): VolumeRow {
  const { id, name, app, state, region, sizeGb, bytesUsed, bytesTotal, encrypted, createdAt } = volume
  const { attachedMachineId, snapshotRetentionDays } = volume
  const attached = machine?.gone ? undefined : attachedMachineId
  const monthEstimate = volumeMonthPrice({ sizeGb, state })
  return {
    id,
    name,
    app,
    org,
    state,
    region,
    sizeGb,
    ...(bytesUsed === undefined ? {} : { bytesUsed }),
    ...(bytesTotal === undefined ? {} : { bytesTotal }),
    encrypted,
    ...(attached ? { attachedMachineId: attached } : {}),
    ...(machine?.userId ? { userId: machine.userId } : {}),
    orphan: !attached && monthEstimate !== ZERO,
    ...(snapshotRetentionDays === undefined ? {} : { snapshotRetentionDays }),
    createdAt,
    monthEstimate,
  }
}

interface AppContext {
  machines: readonly MachineRow[]
  volumes: readonly VolumeRow[]
  hostname: string
}

export function appRow({ name, org, status, network }: FlyApp, { machines, volumes, hostname }: AppContext): AppRow {
  const image = commonImage(machines)
  return {
    name,
    org,
    status,
    ...(network && network !== 'default' ? { network } : {}),
    hostname,
    machines: {
      total: machines.length,
      started: machines.filter(({ state }) => state === 'started').length,
      failing: machines.filter(isFailing).length,
    },
    volumes: volumes.length,
    regions: [...new Set([...machines, ...volumes].map(({ region }) => region))].filter(Boolean).toSorted(),
    layout: layoutOf(name, machines),
    ...(image ? { image } : {}),
    monthEstimate: sumOf([...machines, ...volumes].map(({ monthEstimate }) => monthEstimate)),
  }
}

function isFailing({ state, checks, hostStatus }: MachineRow): boolean {
  const unhealthy = checks !== undefined && checks.passing < checks.total
  return state === 'failed' || state === 'launch_failed' || hostStatus === 'unreachable' || unhealthy
}

function layoutOf(name: string, machines: readonly MachineRow[]): AppRow['layout'] {
  if (name.startsWith('fly-builder')) return 'builder'
  const lasting = machines.filter(({ role }) => role !== 'task')
  const users = lasting.filter(({ role }) => role === 'workspace').length
  if (users === 0) return lasting.some(({ role }) => role === 'builder') ? 'builder' : 'service'
  if (users === 1 && lasting.length === 1) return 'workspace'
  return users * 2 > lasting.length ? 'workspaces' : 'service'
}

/** The image most machines run. Ties go to the one named first, so that the choice is always the same. */
function commonImage(machines: readonly MachineRow[]): Image | undefined {
  const counts = new Map<string, number>()
  for (const { image, role } of machines) {
    if (!image || role === 'task') continue
    const key = referenceOf(image)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const [best] = [...counts].toSorted(([left, n], [right, m]) => m - n || (left < right ? -1 : 1))
  return best && parseImageReference(best[0])
}

/** Asked of every machine of an app whenever one of them moves. */
const references = new WeakMap<Image, string>()

function referenceOf(image: Image): string {
  const { repository, tag, digest } = image
  const reference = references.get(image) ?? `${repository}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`
  references.set(image, reference)
  return reference
}
