import { CirclePause, CirclePlay, CircleStop, RotateCw, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { actedOn, changeOf } from '#renderer/lib/fleet-verbs.ts'
import { formatCount } from '#renderer/lib/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { SelectionBar } from '#renderer/ui/selection-bar.tsx'
import type { MachineRow } from '#shared/contracts/fleet.ts'
import type { Change } from '#shared/contracts/operations.ts'
import type { MachineVerb } from '#shared/machines/machine-verbs.ts'

interface MachineSelectionProps {
  selected: readonly MachineRow[]
  /** How many the filter matches. */
  matching: number
  onSelectAll: () => void
  onClear: () => void
  onRequestChange: (change: Change) => void
}

const VERBS: readonly { verb: MachineVerb; label: string; icon: ReactNode }[] = [
  { verb: 'start', label: 'Start', icon: <CirclePlay size={14} /> },
  { verb: 'stop', label: 'Stop', icon: <CircleStop size={14} /> },
  { verb: 'suspend', label: 'Suspend', icon: <CirclePause size={14} /> },
  { verb: 'restart', label: 'Restart', icon: <RotateCw size={14} /> },
  { verb: 'destroy', label: 'Destroy', icon: <Trash2 size={14} /> },
]

/** What may be done to the marked machines; each verb says how many it would act on. */
export function MachineSelection({ selected, matching, onSelectAll, onClear, onRequestChange }: MachineSelectionProps) {
  if (selected.length === 0) return null
  const all = `Select all ${formatCount(matching)}`
  return (
    <SelectionBar
      count={formatCount(selected.length)}
      selectAll={selected.length < matching ? { label: all, onClick: onSelectAll } : undefined}
      onClear={onClear}
    >
      {VERBS.map(({ verb, label, icon }) => {
        const change = changeOf(verb, selected)
        if (!change) return null
        return (
          <Button
            key={verb}
            size="s"
            variant={verb === 'destroy' ? 'danger-quiet' : 'default'}
            icon={icon}
            onClick={() => onRequestChange(change)}
          >
            {`${label} ${formatCount(actedOn(verb, selected).length)}`}
          </Button>
        )
      })}
    </SelectionBar>
  )
}
