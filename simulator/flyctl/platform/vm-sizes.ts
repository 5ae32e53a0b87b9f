import { FlyctlError } from '../failure.ts'

interface Size {
  cpu_kind: string
  cpus: number
  memory_mb: number
}

const SHARED = [1, 2, 4, 6, 8]
const PERFORMANCE = [1, 2, 4, 6, 8, 10, 12, 14, 16]
/** MB per CPU that a size starts with: 256 shared, 2048 performance (flyctl's own table; GPU sizes are hidden). */
const MEMORY = { shared: 256, performance: 2048 }

const size = (kind: keyof typeof MEMORY, cpus: number): Size => ({
  cpu_kind: kind,
  cpus,
  memory_mb: cpus * MEMORY[kind],
})

/** The sizes flyctl knows by name, smallest first. */
export const VM_SIZES: Readonly<Record<string, Size>> = Object.fromEntries([
  ...SHARED.map((cpus) => [`shared-cpu-${cpus}x`, size('shared', cpus)] as const),
  ...PERFORMANCE.map((cpus) => [`performance-${cpus}x`, size('performance', cpus)] as const),
])

export function unknownSize(name: string): FlyctlError {
  const hint = `expected to start with 'shared' or 'performance'`
  return new FlyctlError(`invalid machine preset requested, '${name}', ${hint}`)
}
