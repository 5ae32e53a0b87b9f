import type { AppRow, FleetStatus, FleetUpdate, MachineRow, VolumeRow } from '#shared/contracts/fleet.ts'

/** Some moment all made-up rows count from: 2026-11-21 10:00 UTC. */
export const NOON = Date.UTC(2026, 10, 21, 10)

export const machineRow = (row: Partial<MachineRow> = {}): MachineRow => ({
  id: '148e21ea7de918',
  name: 'dark-river-9717',
  app: 'acme-workspaces',
  org: 'acme',
  state: 'started',
  hostStatus: 'ok',
  region: 'iad',
  role: 'workspace',
  userId: 'usr_8812',
  guest: { cpuKind: 'shared', cpus: 1, memoryMb: 512 },
  image: { repository: 'registry.fly.io/acme-workspaces', tag: 'deployment-01K6PSH90XY4M9T7JN7QTSXDEH' },
  volumeId: 'vol_4xk9qzp1dw8o3l6v',
  since: NOON,
  sinceExact: true,
  createdAt: NOON,
  updatedAt: NOON,
  checks: { passing: 2, total: 2 },
  monthEstimate: '3.69',
  hourEstimate: '0.005132',
  ...row,
})

export const appRow = (row: Partial<AppRow> = {}): AppRow => ({
  name: 'acme-workspaces',
  org: 'acme',
  status: 'deployed',
  hostname: 'acme-workspaces.fly.dev',
  machines: { total: 2, started: 1, failing: 0 },
  volumes: 2,
  regions: ['iad'],
  layout: 'workspaces',
  monthEstimate: '12.40',
  ...row,
})

export const volumeRow = (row: Partial<VolumeRow> = {}): VolumeRow => ({
  id: 'vol_4xk9qzp1dw8o3l6v',
  name: 'workspace',
  app: 'acme-workspaces',
  org: 'acme',
  state: 'attached',
  region: 'iad',
  sizeGb: 5,
  bytesUsed: 3_328_599_655,
  bytesTotal: 5_368_709_120,
  encrypted: true,
  attachedMachineId: '148e21ea7de918',
  userId: 'usr_8812',
  orphan: false,
  snapshotRetentionDays: 5,
  createdAt: NOON,
  monthEstimate: '0.75',
  ...row,
})

const LIVE: FleetStatus = {
  source: 'live',
  connection: 'connected',
  updatedAt: NOON,
  lagMs: 1400,
  rateLimitFree: 0.92,
  errorRegions: [],
}

interface Picture {
  apps?: AppRow[]
  machines?: MachineRow[]
  volumes?: VolumeRow[]
  status?: Partial<FleetStatus>
}

/** The first update of a fleet: the whole picture. */
export const wholeFleet = ({ apps = [], machines = [], volumes = [], status }: Picture = {}): FleetUpdate => ({
  reset: true,
  apps: { put: apps, remove: [] },
  machines: { put: machines, remove: [] },
  volumes: { put: volumes, remove: [] },
  status: { ...LIVE, ...status },
})

/** A stream that says its items and then stays open, as the main process does. */
export async function* staysOpen<Item>(items: readonly Item[], signal: AbortSignal): AsyncGenerator<Item> {
  yield* items
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

export const watchFleetOf =
  (picture: Picture) =>
  (_input: unknown, { signal }: { signal: AbortSignal }): AsyncIterable<FleetUpdate> =>
    staysOpen([wholeFleet(picture)], signal)
