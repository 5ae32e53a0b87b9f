import { z } from 'zod'
import { Guest, Image } from '#shared/contracts/fleet.ts'

// What is kept of each thing, in memory and in the saved picture.

const register = <T extends z.ZodType>(value: T) =>
  z.object({
    /** When Fly last changed the thing, by Fly's clock. */
    updatedAt: z.number(),
    /** When it was read, by ours: of two readings of one version the later one counts. */
    readAt: z.number(),
    value,
  })

export const Core = z.object({
  name: z.string(),
  app: z.string(),
  org: z.string(),
  state: z.string(),
  region: z.string(),
  instanceId: z.string().optional(),
  createdAt: z.number(),
})
export type Core = z.infer<typeof Core>

export const Config = z.object({
  guest: Guest.optional(),
  image: Image.optional(),
  metadata: z.record(z.string(), z.string()),
})
export type Config = z.infer<typeof Config>

/** Of the full configuration, which is there only while the host answers. */
export const Env = z.object({ userId: z.string().optional(), volumeId: z.string().optional() })
export type Env = z.infer<typeof Env>

export const Details = z.object({
  hostStatus: z.enum(['ok', 'unknown', 'unreachable']),
  instanceId: z.string().optional(),
  image: Image.optional(),
  checks: z.object({ passing: z.int(), total: z.int() }).optional(),
  entered: z.object({ state: z.string(), at: z.number() }).optional(),
})
export type Details = z.infer<typeof Details>

/** When the machine entered its state; `exact` = an event said so. */
export const Since = z.object({ state: z.string(), at: z.number(), exact: z.boolean() })
export type Since = z.infer<typeof Since>

/** Everything kept of a machine: what each kind of answer said last, and since when it is in its state. */
export const KnownMachine = z.object({
  id: z.string(),
  core: register(Core),
  config: register(Config).optional(),
  env: register(Env).optional(),
  details: register(Details).optional(),
  since: Since,
})
export type KnownMachine = z.infer<typeof KnownMachine>

const Volume = z.object({
  id: z.string(),
  name: z.string(),
  app: z.string(),
  state: z.string(),
  region: z.string(),
  sizeGb: z.number(),
  bytesUsed: z.number().optional(),
  bytesTotal: z.number().optional(),
  encrypted: z.boolean(),
  attachedMachineId: z.string().optional(),
  snapshotRetentionDays: z.int().optional(),
  createdAt: z.number(),
  updatedAt: z.number(),
})

export const KnownVolume = z.object({ org: z.string(), volume: register(Volume) })
export type KnownVolume = z.infer<typeof KnownVolume>

export const KnownApp = z.object({
  name: z.string(),
  org: z.string(),
  status: z.string(),
  network: z.string().optional(),
})
