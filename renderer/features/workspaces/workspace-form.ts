import { z } from 'zod'
import type { AppRow, Guest, MachineRow } from '#shared/contracts/fleet.ts'
import { EnvName } from '#shared/contracts/names.ts'
import { WorkspaceSpec } from '#shared/contracts/operations.ts'

const { userId, org, app, image, region, volumeGb, mountPath, internalPort } = WorkspaceSpec.shape

/** Fields hold text: what they mean is read when the form is sent. */
export const WorkspaceForm = z.object({
  userId,
  /** `own`: an app of the user's own, with a network of its own. `shared`: a machine in an app that is there. */
  layout: z.enum(['shared', 'own']),
  org: z.string().min(1, 'Choose an organization.').pipe(org),
  app,
  image,
  region,
  /** Key of SIZES. */
  size: z.string().refine((key) => key in SIZES, 'Choose a size.'),
  volumeGb: wholeNumber(volumeGb, 'A whole number of GB, 1 to 500.'),
  mountPath,
  env: z.array(z.object({ name: EnvName, value: z.string() })).refine(noDoubles, 'Each name once.'),
  internalPort: wholeNumber(internalPort, 'A port from 1 to 65535, or nothing.'),
})
export type WorkspaceFormValues = z.input<typeof WorkspaceForm>
export type WorkspaceFormOutput = z.output<typeof WorkspaceForm>

/** Text of a number field, as the number the contract asks for. An empty field is undefined, if the contract allows it. */
function wholeNumber<Value extends number | undefined>(schema: z.ZodType<Value>, message: string) {
  return z.string().transform((text, context) => {
    const digits = text.trim()
    const parsed = schema.safeParse(digits === '' ? undefined : /^\d+$/.test(digits) ? Number(digits) : Number.NaN)
    if (parsed.success) return parsed.data
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
}

function noDoubles(env: readonly { name: string }[]): boolean {
  return new Set(env.map(({ name }) => name)).size === env.length
}

/** The sizes people start workspaces with; more memory per CPU than this is a matter of an image's needs. */
export const SIZES: Readonly<Record<string, Guest>> = {
  'shared-1-256': { cpuKind: 'shared', cpus: 1, memoryMb: 256 },
  'shared-1-512': { cpuKind: 'shared', cpus: 1, memoryMb: 512 },
  'shared-1-1024': { cpuKind: 'shared', cpus: 1, memoryMb: 1024 },
  'shared-1-2048': { cpuKind: 'shared', cpus: 1, memoryMb: 2048 },
  'shared-2-2048': { cpuKind: 'shared', cpus: 2, memoryMb: 2048 },
  'shared-2-4096': { cpuKind: 'shared', cpus: 2, memoryMb: 4096 },
  'shared-4-4096': { cpuKind: 'shared', cpus: 4, memoryMb: 4096 },
  'shared-8-8192': { cpuKind: 'shared', cpus: 8, memoryMb: 8192 },
  'performance-1-2048': { cpuKind: 'performance', cpus: 1, memoryMb: 2048 },
  'performance-2-4096': { cpuKind: 'performance', cpus: 2, memoryMb: 4096 },
  'performance-4-8192': { cpuKind: 'performance', cpus: 4, memoryMb: 8192 },
}

const USUAL_SIZE = 'shared-1-512'

/** What is sent to be created. Unknown sizes were refused by the form. */
export function specOf({ layout, size, env, internalPort, ...rest }: WorkspaceFormOutput): WorkspaceSpec {
  return WorkspaceSpec.parse({
    ...rest,
    createApp: layout === 'own',
    guest: SIZES[size],
    env: Object.fromEntries(env.map(({ name, value }) => [name, value])),
    ...(internalPort !== undefined && { internalPort }),
  })
}

/** An image in use, with how many workspaces run it. */
export interface ImageInUse {
  reference: string
  count: number
}

export function imagesInUse(machines: readonly MachineRow[]): ImageInUse[] {
  const counts = new Map<string, number>()
  for (const { role, image: used } of machines) {
    if (role !== 'workspace' || !used?.tag) continue
    const reference = `${used.repository}:${used.tag}`
    counts.set(reference, (counts.get(reference) ?? 0) + 1)
  }
  return [...counts].map(([reference, count]) => ({ reference, count })).sort((left, right) => right.count - left.count)
}

interface Starting {
  machines: readonly MachineRow[]
  apps: readonly AppRow[]
  organizations: readonly string[]
}

/** Starts from what most workspaces are like. */
export function startingValues({ machines, apps, organizations }: Starting): WorkspaceFormValues {
  const workspaces = machines.filter(({ role }) => role === 'workspace')
  const shared = apps.find(({ layout }) => layout === 'workspaces')
  return {
    userId: '',
    layout: shared ? 'shared' : 'own',
    org: shared?.org ?? organizations[0] ?? '',
    app: shared?.name ?? '',
    image: imagesInUse(machines)[0]?.reference ?? '',
    region: mostCommon(workspaces.map(({ region: code }) => code)) ?? 'iad',
    size: USUAL_SIZE,
    volumeGb: '5',
    mountPath: '/workspace',
    env: [],
    internalPort: '8080',
  }
}

function mostCommon(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0]
}

/** A name for the user's own app: Fly's names are lower case, with dashes. */
export const appNameFor = (user: string): string =>
  `ws-${user
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}`.slice(0, 63)
