import type { Guest } from '#shared/contracts/fleet.ts'

export type PlannerSize = '256' | '512' | '1024' | '2048' | '4096'

/** By MB of memory. Two CPUs where Fly's one shared CPU takes no more than 2 GB. */
export const PLANNER_SIZES: Readonly<Record<PlannerSize, Guest>> = {
  '256': { cpuKind: 'shared', cpus: 1, memoryMb: 256 },
  '512': { cpuKind: 'shared', cpus: 1, memoryMb: 512 },
  '1024': { cpuKind: 'shared', cpus: 1, memoryMb: 1024 },
  '2048': { cpuKind: 'shared', cpus: 1, memoryMb: 2048 },
  '4096': { cpuKind: 'shared', cpus: 2, memoryMb: 4096 },
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** What the sliders stop at: fine where it is small, coarse where it is large. */
export const STEPS = {
  users: [1, 5, 10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 10_000],
  hours: [0.5, ...range(1, 24)],
  days: range(1, 30),
  volumeGb: [1, 2, 3, 4, 5, 8, 10, 15, 20, 30, 50, 75, 100, 200, 500],
  imageGb: [0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8],
} as const
