/** Plans of Managed Postgres by their slug (Fly docs, Managed Postgres). */
export const PLANS = {
  basic: { cpuKind: 'shared', cpus: 2, memoryMb: 1_024 },
  starter: { cpuKind: 'shared', cpus: 2, memoryMb: 2_048 },
  launch: { cpuKind: 'performance', cpus: 2, memoryMb: 8_192 },
  scale: { cpuKind: 'performance', cpus: 4, memoryMb: 33_792 },
  // Spelled so by the API description of 2026.
  Performance: { cpuKind: 'performance', cpus: 8, memoryMb: 65_536 },
} as const
export type Plan = keyof typeof PLANS

const isPlan = (text: string): text is Plan => text in PLANS

/** Matched case-insensitively; undefined when there is no such plan. */
export const planNamed = (text: string): Plan | undefined =>
  Object.keys(PLANS)
    .filter(isPlan)
    .find((plan) => plan.toLowerCase() === text.toLowerCase())
