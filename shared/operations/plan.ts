import type { Change, Plan } from '../contracts/operations.ts'
import { type FleetRows, planMachines } from './plan-machines.ts'
import { planWorkspace } from './plan-workspace.ts'

interface PlanInput {
  change: Change
  fleet: FleetRows
  /** A protected account asks to type for every change, not only for what cannot be undone. */
  protectedAccount: boolean
}

/** What a change would do, said before it is done. */
export function planChange({ change, fleet, protectedAccount }: PlanInput): Plan {
  return change.kind === 'create-workspace'
    ? planWorkspace(change.workspace, fleet, protectedAccount)
    : planMachines(change, fleet, protectedAccount)
}
