import { z } from 'zod'
import { call, stream } from '../ipc/contract.ts'
import { WireError } from '../ipc/errors.ts'
import { AppName, MachineId, Money, OrgSlug, RegionCode, Timestamp, VolumeId } from './names.ts'

/** What a machine is for. `task` = release command, test or console machines of flyctl. */
export const MachineRole = z.enum(['workspace', 'service', 'task', 'builder'])
export type MachineRole = z.infer<typeof MachineRole>

export const Guest = z.object({
  cpuKind: z.enum(['shared', 'performance']),
  cpus: z.int().positive(),
  memoryMb: z.int().positive(),
})
export type Guest = z.infer<typeof Guest>

export const Image = z.object({
  repository: z.string(),
  tag: z.string().optional(),
  /** `sha256:…`; absent in org-wide lists of machines not yet read one by one. */
  digest: z.string().optional(),
})
export type Image = z.infer<typeof Image>

/** One line of the machine table: everything it sorts, filters and shows, and nothing else. */
export const MachineRow = z.object({
  id: MachineId,
  name: z.string(),
  app: AppName,
  org: OrgSlug,
  /** Fly's word (platform.md 7.1); unknown words pass through. */
  state: z.string(),
  hostStatus: z.enum(['ok', 'unknown', 'unreachable']),
  region: z.string(),
  role: MachineRole,
  /** From metadata `user_id`, else env USER_ID: whose workspace this is. */
  userId: z.string().optional(),
  guest: Guest.optional(),
  image: Image.optional(),
  volumeId: VolumeId.optional(),
  /** When the machine entered `state`, as far as Hangar knows; `sinceExact` = seen in an event. */
  since: Timestamp,
  sinceExact: z.boolean(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  checks: z.object({ passing: z.int(), total: z.int() }).optional(),
  /** Estimate per 30 days if it stays in this state: compute or stopped root file system, without volumes. */
  monthEstimate: Money,
  /** Estimate per hour while started. */
  hourEstimate: Money,
})
export type MachineRow = z.infer<typeof MachineRow>

export const AppRow = z.object({
  name: AppName,
  org: OrgSlug,
  /** pending, deployed, suspended. */
  status: z.string(),
  network: z.string().optional(),
  hostname: z.string().optional(),
  machines: z.object({ total: z.int(), started: z.int(), failing: z.int() }),
  volumes: z.int(),
  regions: z.array(z.string()),
  /** `workspaces` = one machine per user, `workspace` = one user's own app, `service` = everything else. */
  layout: z.enum(['workspaces', 'workspace', 'service', 'builder']),
  image: Image.optional(),
  /** Every machine of it and its volumes, per 30 days in the present states. */
  monthEstimate: Money,
})
export type AppRow = z.infer<typeof AppRow>

export const VolumeRow = z.object({
  id: VolumeId,
  name: z.string(),
  app: AppName,
  org: OrgSlug,
  state: z.string(),
  region: z.string(),
  sizeGb: z.number(),
  bytesUsed: z.number().optional(),
  bytesTotal: z.number().optional(),
  encrypted: z.boolean(),
  attachedMachineId: MachineId.optional(),
  userId: z.string().optional(),
  /** Costs money and belongs to no machine. */
  orphan: z.boolean(),
  snapshotRetentionDays: z.int().optional(),
  createdAt: Timestamp,
  monthEstimate: Money,
})
export type VolumeRow = z.infer<typeof VolumeRow>

export const FleetStatus = z.object({
  /** `saved` = what the last run stored, painted before the network answered. */
  source: z.enum(['saved', 'live']),
  connection: z.enum(['connecting', 'connected', 'offline', 'refused']),
  updatedAt: Timestamp.optional(),
  /** How far Fly's org-wide list was behind at the last poll, in ms. */
  lagMs: z.number().optional(),
  /** Share of the request budget that is free, 0…1. */
  rateLimitFree: z.number(),
  /** Regions Fly could not answer for: machines there are not gone, only unseen. */
  errorRegions: z.array(z.string()),
  problem: WireError.optional(),
})
export type FleetStatus = z.infer<typeof FleetStatus>

const changes = <Row extends z.ZodType>(row: Row) => z.object({ put: z.array(row), remove: z.array(z.string()) })

/** First the whole picture, then only what changed. Rows are keyed by app name, machine id and volume id. */
export const FleetUpdate = z.object({
  reset: z.boolean(),
  apps: changes(AppRow),
  machines: changes(MachineRow),
  volumes: changes(VolumeRow),
  status: FleetStatus,
})
export type FleetUpdate = z.infer<typeof FleetUpdate>

export const MachineEvent = z.object({
  id: z.string(),
  type: z.string(),
  status: z.string(),
  source: z.string(),
  at: Timestamp,
  /** One sentence: what happened, with exit code and cause where Fly gave them. */
  text: z.string(),
  /** Role for colour: what the state after the event means. */
  tone: z.enum(['ok', 'off', 'busy', 'warn', 'bad', 'sleep']),
})
export type MachineEvent = z.infer<typeof MachineEvent>

export const MachineCheck = z.object({
  name: z.string(),
  status: z.enum(['passing', 'warning', 'critical']),
  output: z.string(),
  updatedAt: Timestamp.optional(),
})
export type MachineCheck = z.infer<typeof MachineCheck>

export const MachineDetail = z.object({
  row: MachineRow,
  /** Newest first. */
  events: z.array(MachineEvent),
  checks: z.array(MachineCheck),
  mounts: z.array(
    z.object({
      volumeId: z.string(),
      name: z.string().optional(),
      path: z.string(),
      sizeGb: z.number().optional(),
      bytesUsed: z.number().optional(),
      bytesTotal: z.number().optional(),
    }),
  ),
  metadata: z.record(z.string(), z.string()),
  privateIp: z.string().optional(),
  /** Version id (ULID) of the configuration. */
  instanceId: z.string().optional(),
  /** `https://…` where the machine can be reached; absent without public services. */
  url: z.url().optional(),
  restartPolicy: z.string().optional(),
  autoDestroy: z.boolean(),
  cost: z.object({
    hourWhenStarted: Money,
    monthStopped: Money,
    volumesMonth: Money,
    /** Spent since the first of this month (UTC), from the states Hangar has seen. */
    monthToDate: Money,
    hoursThisMonth: z.number(),
  }),
})
export type MachineDetail = z.infer<typeof MachineDetail>

export const Region = z.object({
  code: RegionCode,
  name: z.string(),
  /** Price factor against iad. */
  markup: z.number(),
  /** How many more machines would start there, if Fly said. */
  capacity: z.number().optional(),
})
export type Region = z.infer<typeof Region>

export const fleet = {
  /** The live picture of the current account. Ends when the account changes; ask again then. */
  watch: stream({ input: z.object({}), item: FleetUpdate }),
  /** One machine in full, and again whenever it changes. Fails with not-found once it is gone. */
  watchMachine: stream({ input: z.object({ app: AppName, id: MachineId }), item: MachineDetail }),
  refresh: call({ input: z.object({}), output: z.void() }),
  regions: call({ input: z.object({}), output: z.array(Region) }),
}
