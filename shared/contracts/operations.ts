import { z } from 'zod'
import { call, stream } from '../ipc/contract.ts'
import { WireError } from '../ipc/errors.ts'
import { Guest } from './fleet.ts'
import { AppName, EnvName, ImageReference, MachineId, Money, OrgSlug, RegionCode, Timestamp, UserId } from './names.ts'

const Target = z.object({ app: AppName, id: MachineId })

/** What a new workspace is made of: a volume, then a machine that mounts it. */
export const WorkspaceSpec = z.object({
  userId: UserId,
  org: OrgSlug,
  app: AppName,
  /** True: create `app` first, with a network of its own (one app per user). False: `app` is there (one machine per user). */
  createApp: z.boolean(),
  image: ImageReference,
  region: RegionCode,
  guest: Guest,
  volumeGb: z.int().min(1).max(500),
  mountPath: z.string().regex(/^\/[\w./-]+$/, 'An absolute path such as /workspace.'),
  env: z.record(EnvName, z.string()),
  /** Port the workspace serves http on; absent = no public URL. */
  internalPort: z.int().min(1).max(65535).optional(),
})
export type WorkspaceSpec = z.infer<typeof WorkspaceSpec>

/** Everything Hangar can change. Every change is an operation, even one start. */
export const Change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), machines: z.array(Target).min(1) }),
  z.object({ kind: z.literal('stop'), machines: z.array(Target).min(1) }),
  z.object({ kind: z.literal('suspend'), machines: z.array(Target).min(1) }),
  z.object({ kind: z.literal('restart'), machines: z.array(Target).min(1) }),
  z.object({ kind: z.literal('destroy'), machines: z.array(Target).min(1), withVolumes: z.boolean() }),
  z.object({ kind: z.literal('create-workspace'), workspace: WorkspaceSpec }),
])
export type Change = z.infer<typeof Change>

/** What a change would do, said before it is done. */
export const Plan = z.object({
  /** A question or an order: "Stop 3 machines". */
  title: z.string(),
  items: z.array(
    z.object({
      app: z.string(),
      machineId: z.string().optional(),
      label: z.string(),
      /** Why this one will be left alone ("already stopped"); absent = it will be done. */
      skipped: z.string().optional(),
    }),
  ),
  /** What follows, in words and money. */
  consequences: z.array(
    z.object({ tone: z.enum(['bad', 'warn', 'busy', 'ok', 'off']), text: z.string(), detail: z.string().optional() }),
  ),
  /** Estimate: how the monthly bill moves if the new states last. Negative = saves. */
  monthDelta: Money,
  /** What must be typed before it may run; absent = nothing. */
  typeToConfirm: z.string().optional(),
})
export type Plan = z.infer<typeof Plan>

const ItemStatus = z.enum(['waiting', 'running', 'done', 'failed', 'skipped', 'cancelled'])

export const OperationItem = z.object({
  index: z.int(),
  app: z.string(),
  machineId: z.string().optional(),
  label: z.string(),
  status: ItemStatus,
  /** What happened or why not, one sentence. */
  result: z.string().optional(),
  error: WireError.optional(),
  startedAt: Timestamp.optional(),
  finishedAt: Timestamp.optional(),
})
export type OperationItem = z.infer<typeof OperationItem>

export const OperationKind = z.enum([...Change.options.map(({ shape }) => shape.kind.value), 'deploy'])

export const Operation = z.object({
  id: z.string(),
  kind: OperationKind,
  title: z.string(),
  status: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  /** Identity or account label that asked for it. */
  by: z.string(),
  startedAt: Timestamp,
  finishedAt: Timestamp.optional(),
  counts: z.object({ total: z.int(), done: z.int(), failed: z.int(), skipped: z.int() }),
  /** What it was about, for a list: the first label, "and 12 more". */
  subject: z.string(),
})
export type Operation = z.infer<typeof Operation>

const OperationDetail = z.object({ operation: Operation, items: z.array(OperationItem) })
export type OperationDetail = z.infer<typeof OperationDetail>

export const operations = {
  plan: call({ input: Change, output: Plan }),
  /** Starts the change and returns at once. `confirmation` must equal `typeToConfirm` where the plan asks for one. */
  run: call({ input: z.object({ change: Change, confirmation: z.string().optional() }), output: Operation }),
  /** The newest operations of the account (at most 200, newest first), and again whenever one moves. */
  watch: stream({ input: z.object({}), item: z.array(Operation) }),
  /** One operation with its items, and again whenever it moves. Ends when it is finished. */
  watchOne: stream({ input: z.object({ id: z.string() }), item: OperationDetail }),
  /** Leaves finished items as they are and starts no more. */
  cancel: call({ input: z.object({ id: z.string() }), output: z.void() }),
}
