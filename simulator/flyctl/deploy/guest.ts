import { FlyctlError } from '../failure.ts'
import type { Flags } from '../flags.ts'
import type { Section } from './groups.ts'
import { compact } from './services.ts'

/** Memory a preset brings per CPU, in megabytes (Fly docs, machine sizes). */
const MEMORY: Readonly<Record<string, number>> = { shared: 256, performance: 2048 }
const COUNTS = [1, 2, 4, 6, 8, 16]

/** `shared-cpu-2x`, `performance-1x`, … as a guest. */
function preset(size: string): Section {
  const [, kind = '', count = ''] = /^(shared)-cpu-(\d+)x$/.exec(size) ?? /^(performance)-(\d+)x$/.exec(size) ?? []
  const cpus = Number(count)
  const perCpu = MEMORY[kind]
  if (perCpu === undefined || !COUNTS.includes(cpus)) throw new FlyctlError(`"${size}" is an invalid machine size`)
  return { cpu_kind: kind, cpus, memory_mb: cpus * perCpu }
}

const UNITS: Readonly<Record<string, number>> = { '': 1, m: 1, mb: 1, mib: 1, g: 1024, gb: 1024, gib: 1024 }

/** `512`, `512mb`, `1gb` in megabytes. */
function megabytes(memory: unknown): number {
  const [, amount = '', unit = ''] = /^(\d+)\s*([a-z]*)$/i.exec(String(memory)) ?? []
  const factor = UNITS[unit.toLowerCase()]
  if (amount === '' || factor === undefined) throw new FlyctlError(`invalid memory size: ${memory}`)
  return Number(amount) * factor
}

/** A `[[vm]]` section as a guest; undefined without one, so that a machine keeps what it was scaled to. */
export function guestOf(vm: Section | undefined): Section | undefined {
  if (vm === undefined) return undefined
  const { size = 'shared-cpu-1x', memory, cpu_kind, cpus, memory_mb, gpu_kind, gpus, kernel_args } = vm
  return {
    ...preset(String(size)),
    ...(memory === undefined ? {} : { memory_mb: megabytes(memory) }),
    ...compact({ cpu_kind, cpus, memory_mb, gpu_kind, gpus, kernel_args }),
  }
}

/** What a new machine is when fly.toml says nothing: the `--vm-*` flags, or the smallest preset. */
export function guestFromFlags(flags: Flags): Section {
  const cpus = flags.text('vm-cpus')
  const memory = flags.text('vm-memory')
  return {
    ...preset(flags.text('vm-size') ?? 'shared-cpu-1x'),
    ...compact({ cpu_kind: flags.text('vm-cpu-kind'), cpus: cpus === undefined ? undefined : Number(cpus) }),
    ...(memory === undefined ? {} : { memory_mb: megabytes(memory) }),
  }
}
