import { z } from 'zod'
import { badRequest } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Guest, guestOf, guestProblem } from '../machines/config.ts'
import { DEFAULT_GUEST } from './capacity.ts'

const Query = z.looseObject({
  size: z
    .string()
    .regex(/^(shared-cpu|performance)-\d+x$/, 'not the name of a size')
    .optional(),
  cpu_kind: z.enum(['shared', 'performance']).optional(),
  cpus: z.coerce.number().int().positive().optional(),
  memory_mb: z.coerce.number().int().positive().optional(),
  gpus: z.coerce.number().int().nonnegative().optional(),
  gpu_kind: z.enum(['a100-pcie-40gb', 'a100-sxm4-80gb', 'l40s', 'a10']).optional(),
})

/** The size a query asks room for: `size`, or its parts. No host has GPUs any more (Fly docs, pricing). */
export function sizeAsked(query: unknown): { guest: Guest; gpu: boolean } {
  const { size, cpu_kind, cpus, memory_mb, gpus = 0, gpu_kind } = parse(Query, query)
  const gpu = gpus > 0 || gpu_kind !== undefined
  if (size !== undefined) return { guest: guestOf({ image: '', size }), gpu }
  if (cpu_kind === undefined && cpus === undefined && memory_mb === undefined) return { guest: DEFAULT_GUEST, gpu }
  const kind = cpu_kind ?? 'shared'
  const count = cpus ?? 1
  const guest = { cpu_kind: kind, cpus: count, memory_mb: memory_mb ?? count * (kind === 'shared' ? 256 : 2048) }
  const problem = guestProblem(guest)
  if (problem !== undefined) throw badRequest(problem)
  return { guest, gpu }
}
