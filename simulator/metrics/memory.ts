import type { Run } from '../machines/run-book.ts'
import { type Curve, counted, type Family, type Instance } from './series.ts'
import { createWave, shareOf } from './wave.ts'

const PAGE = 4096
const MB = 1024 ** 2
/** What the kernel leaves of a guest's memory. */
const LEFT = 0.958
/** A program that is going to be killed for it takes the rest of the memory in its last minutes. */
const LEAK = 10 * 60_000

const pages = (bytes: number) => Math.floor(bytes / PAGE) * PAGE
const totalOf = ({ guest }: Run) => pages(guest.memory_mb * MB * LEFT)

/** How far a run is on its way to being killed, 0 to 1. Only deaths are told of that were sure when they came near. */
function leak({ life, startedAt }: Instance, run: Run, time: number): number {
  const { behaviour } = life.machine
  if (behaviour.kind === 'crash' && behaviour.oom) return Math.min(1, (time - run.from) / behaviour.afterMs)
  if (!run.exit?.oom || run.to === undefined || run.to > startedAt) return 0
  return Math.min(1, Math.max(0, 1 - (run.to - time) / LEAK))
}

type Part = (total: number, used: number) => number

/** What is not used is free, or holds files that can be dropped. The names are those of /proc/meminfo. */
const PARTS: Record<string, Part> = {
  mem_total: (total) => total,
  mem_free: (total, used) => (total - used) * 0.45,
  mem_available: (total, used) => total - used,
  buffers: (total, used) => (total - used) * 0.06,
  cached: (total, used) => (total - used) * 0.42,
  swap_cached: () => 0,
  active: (_total, used) => used * 0.68,
  inactive: (_total, used) => used * 0.21,
  swap_total: () => 0,
  swap_free: () => 0,
  dirty: (total) => total * 0.0004,
  writeback: () => 0,
  slab: (total) => total * 0.021,
  shmem: (_total, used) => used * 0.02,
  vmalloc_total: () => 35_184_372_087_808,
  vmalloc_used: (total) => total * 0.009,
  vmalloc_chunk: () => 0,
}

function memoryCurve(instance: Instance, part: Part): Curve[] {
  const fill = createWave(`${instance.name} memory`, () => ({
    mean: 0.25 + 0.35 * shareOf(`${instance.name} memory`),
    day: 0.12,
    minute: 0.1,
  }))
  return [
    {
      at(run, time) {
        const total = totalOf(run)
        const usual = fill.at(time)
        const share = usual + (0.985 - usual) * leak(instance, run, time)
        return pages(part(total, pages(total * share)))
      },
    },
  ]
}

const filesOpen = ({ name }: Instance) => createWave(`${name} files`, () => ({ mean: 900, day: 0.2, minute: 0.3 }))

export const MEMORY: Family = {
  ...Object.fromEntries(
    Object.entries(PARTS).map(([name, part]) => [
      `fly_instance_memory_${name}`,
      (instance: Instance) => memoryCurve(instance, part),
    ]),
  ),
  fly_instance_filefd_allocated: (instance) => {
    const open = filesOpen(instance)
    return [{ at: (_run, time) => counted(open.at(time)) }]
  },
  // The kernel allows a tenth of the memory, at a kilobyte a file.
  fly_instance_filefd_maximum: () => [{ at: ({ guest }) => counted((guest.memory_mb * 1024) / 10) }],
}
