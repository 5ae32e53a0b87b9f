import type { MachineRow } from '#shared/contracts/fleet.ts'
import { machineStateLook } from '#shared/machines/machine-state.ts'
import { Chip, StateText } from './chip.tsx'
import { StateIcon } from './state-icon.tsx'

interface MachineStateProps {
  machine: Pick<MachineRow, 'state' | 'hostStatus' | 'since'>
  /** Ms since 1970: decides what is stuck. */
  now: number
}

/** State of a machine with its tint, for heads and cards. */
export function StateChip({ machine, now }: MachineStateProps) {
  const look = machineStateLook(machine, now)
  return (
    <Chip tone={look.tone} icon={<StateIcon name={look.icon} />} hatched={look.unreachable} title={title(look.stuck)}>
      {look.word}
    </Chip>
  )
}

/** State of a machine in a table: the healthy are quiet. */
export function StateCell({ machine, now }: MachineStateProps) {
  const look = machineStateLook(machine, now)
  return (
    <StateText tone={look.tone} icon={<StateIcon name={look.icon} />} title={title(look.stuck)}>
      {look.word}
    </StateText>
  )
}

const title = (stuck: boolean) => (stuck ? 'Stuck: longer in this state than Fly allows' : undefined)
