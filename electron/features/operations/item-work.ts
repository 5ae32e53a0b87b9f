import type { ActiveAccount } from '#electron/fly/active-account.ts'
import type { Change, OperationItem, WorkspaceSpec } from '#shared/contracts/operations.ts'
import type { FleetRows, MachineChange } from '#shared/operations/plan-machines.ts'
import { workOnMachine } from './machine-work.ts'
import type { ItemWork } from './run-items.ts'
import { volumesOfMachine } from './volumes-of-machine.ts'
import { type WorkspaceWork, workspaceSteps } from './workspace-work.ts'

/** What operations need of the live picture. */
export interface FleetForOperations {
  rows(): FleetRows
  /** These machines have just been changed. */
  hint(targets: readonly { app: string; id: string }[]): void
  instanceId(id: string): string | undefined
}

interface Context {
  active: ActiveAccount
  fleet: FleetForOperations
  operationId: string
  /** Aborts when nothing more is to be begun. */
  stop: AbortSignal
}

interface Chosen {
  change: Change
  items: readonly OperationItem[]
}

interface ChangeWork {
  /** One for each item, in their order. */
  works: ItemWork[]
  /** There where each item needs those before it: takes back what they made, and says what it did. */
  undo?: () => Promise<string>
}

/** What a change comes to, item by item. Nothing is begun yet. */
export function workOf({ change, items, ...context }: Context & Chosen): ChangeWork {
  if (change.kind === 'create-workspace') return workspaceWork(context, change.workspace)
  return { works: items.map(machineWork(context, change)) }
}

function machineWork({ active, fleet, stop }: Context, change: MachineChange) {
  const { volumes } = fleet.rows()
  const withVolumes = change.kind === 'destroy' && change.withVolumes
  return ({ app, machineId: id = '' }: OperationItem): ItemWork => {
    const { fly, ended: signal } = active
    return async () =>
      workOnMachine({
        fly,
        verb: change.kind,
        app,
        id,
        version: fleet.instanceId(id),
        volumeIds: withVolumes ? await volumesOfMachine({ fly, volumes, app, id, signal }) : [],
        onOrdered: () => hint({ active, fleet }, [{ app, id }]),
        signal,
        patience: stop,
      })
  }
}

function workspaceWork({ active, fleet, operationId, stop }: Context, spec: WorkspaceSpec): ChangeWork {
  const { fly, ended } = active
  const onMade = (id?: string) => hint({ active, fleet }, id === undefined ? [] : [{ app: spec.app, id }])
  const input: WorkspaceWork = { fly, spec, operationId, onMade, signal: ended, patience: stop }
  const { steps, undo } = workspaceSteps(input)
  return { works: steps.map(({ run }) => run), undo }
}

/** The picture belongs to the account in use: another one's machines are none of its business. */
function hint(
  { active, fleet }: Pick<Context, 'active' | 'fleet'>,
  targets: readonly { app: string; id: string }[],
): void {
  if (!active.ended.aborted) fleet.hint(targets)
}
