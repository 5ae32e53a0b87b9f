import { z } from 'zod'
import type { World } from '../world/world.ts'

/** What is to go wrong with builds: at which step, how, and how often. */
export const BuildFault = z.object({
  step: z.union([
    z.enum(['connect', 'context', 'dockerfile', 'from', 'copy', 'run', 'export', 'push']),
    z.int().positive(),
  ]),
  /** `fails` is the step's own failure; `denied` the registry's; `no-space` a full disk; `cut` ends the connection. */
  how: z.enum(['fails', 'denied', 'no-space', 'slow', 'cut']).default('fails'),
  times: z.int().positive().default(1),
})
export type BuildFault = z.infer<typeof BuildFault>

/** Faults that wait for their build, oldest first. */
export const createBuildFaults = (): BuildFault[] => []

export function setBuildFault(world: World, fault: z.input<typeof BuildFault>): void {
  world.buildFaults.push(BuildFault.parse(fault))
}

/** The fault that waits for a step, counted down. */
export function takeBuildFault(world: World, ...names: BuildFault['step'][]): BuildFault['how'] | undefined {
  const fault = world.buildFaults.find(({ step }) => names.includes(step))
  if (!fault) return undefined
  fault.times -= 1
  if (fault.times === 0) world.buildFaults.splice(world.buildFaults.indexOf(fault), 1)
  return fault.how
}
