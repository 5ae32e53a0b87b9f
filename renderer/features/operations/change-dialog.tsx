import { keepPreviousData, useQuery } from '@tanstack/react-query'
import {
  CirclePause,
  CirclePlay,
  CirclePlus,
  CircleStop,
  type LucideIcon,
  RotateCw,
  Trash2,
  Wallet,
} from 'lucide-react'
import { useState } from 'react'
import { useFleet } from '#renderer/lib/fleet-context.tsx'
import { formatMoney, formatPlural } from '#renderer/lib/format.ts'
import { useIpc } from '#renderer/lib/ipc-context.ts'
import { Radios } from '#renderer/ui/choice.tsx'
import type { Consequence } from '#renderer/ui/consequences.tsx'
import { TypedConfirm } from '#renderer/ui/typed-confirm.tsx'
import type { Change, Operation, Plan } from '#shared/contracts/operations.ts'
import { asQuestion, confirmLabel } from './asking.ts'
import { planQuery, useRunChange } from './queries.ts'

interface ChangeDialogProps {
  change: Change
  /** The plan that made it ask. */
  plan: Plan
  onClose: () => void
  onStarted: (operation: Operation) => void
}

const ICONS: Readonly<Record<Change['kind'], LucideIcon>> = {
  start: CirclePlay,
  stop: CircleStop,
  suspend: CirclePause,
  restart: RotateCw,
  destroy: Trash2,
  'create-workspace': CirclePlus,
}

/** Asks before a change that costs something to undo. */
export function ChangeDialog({ change: asked, plan: first, onClose, onStarted }: ChangeDialogProps) {
  const ipc = useIpc()
  const [change, setChange] = useState(asked)
  const run = useRunChange()
  const planned = useQuery({ ...planQuery(ipc, change), placeholderData: keepPreviousData })
  const plan = planned.data ?? first
  const hasVolumes = useHasVolumes(change)
  const Icon = ICONS[change.kind]
  const problem = run.error ?? planned.error

  return (
    <TypedConfirm
      open
      onClose={onClose}
      title={asQuestion(plan)}
      subtitle={skippedText(plan)}
      icon={<Icon size={20} />}
      tone={change.kind === 'destroy' ? 'bad' : 'busy'}
      danger={change.kind === 'destroy'}
      consequences={[...plan.consequences, ...moneyOf(plan)]}
      typeToConfirm={plan.typeToConfirm}
      keepLabel={change.kind === 'destroy' ? 'Keep it' : 'Cancel'}
      confirmLabel={confirmLabel(change, plan)}
      confirmIcon={<Icon />}
      busy={run.isPending || planned.isPlaceholderData}
      problem={problem?.message}
      note="Costs are estimates"
      onConfirm={(typed) =>
        run.mutate(
          { change, ...(plan.typeToConfirm !== undefined && { confirmation: typed }) },
          { onSuccess: onStarted },
        )
      }
    >
      {change.kind === 'destroy' && hasVolumes && <VolumeChoice change={change} onChange={setChange} />}
    </TypedConfirm>
  )
}

function skippedText({ items }: Plan): string | undefined {
  const skipped = items.filter((item) => item.skipped !== undefined)
  if (skipped.length === 0) return undefined
  const reasons = [...new Set(skipped.map((item) => item.skipped))].join(', ')
  return `${formatPlural(skipped.length, 'machine is', 'machines are')} left alone: ${reasons}`
}

/** The bill in one line, unless the plan has said it in words already. */
function moneyOf({ monthDelta, consequences }: Plan): Consequence[] {
  const delta = Number(monthDelta)
  if (delta === 0 || consequences.some(({ text }) => text.includes('$'))) return []
  const text = delta < 0 ? `Saves ${formatMoney(-delta)} a month` : `Costs ${formatMoney(delta)} a month more`
  return [{ tone: delta < 0 ? 'ok' : 'warn', text, aside: 'estimate', icon: <Wallet /> }]
}

/** Some machine of the change mounts a volume, as far as the fleet knows. */
function useHasVolumes(change: Change): boolean {
  const { machines } = useFleet()
  if (change.kind === 'create-workspace') return false
  const asked = new Set(change.machines.map(({ id }) => id))
  return machines.some(({ id, volumeId }) => volumeId !== undefined && asked.has(id))
}

interface VolumeChoiceProps {
  change: Extract<Change, { kind: 'destroy' }>
  onChange: (change: Change) => void
}

/** With or without what the machines have stored, each with what it does to the bill. */
function VolumeChoice({ change, onChange }: VolumeChoiceProps) {
  const ipc = useIpc()
  const keeping = useQuery(planQuery(ipc, { ...change, withVolumes: false }))
  const destroying = useQuery(planQuery(ipc, { ...change, withVolumes: true }))
  const savings = (plan: Plan | undefined) =>
    plan ? `Saves ${formatMoney(-Number(plan.monthDelta))} a month.` : undefined
  const many = change.machines.length > 1
  return (
    <Radios
      label="Volumes"
      value={change.withVolumes ? 'destroy' : 'keep'}
      onChange={(choice) => onChange({ ...change, withVolumes: choice === 'destroy' })}
      options={[
        {
          value: 'keep',
          label: many ? 'Keep the volumes' : 'Keep the volume',
          help: `${savings(keeping.data) ?? ''} What is stored stays, and goes on being charged.`,
        },
        {
          value: 'destroy',
          label: many ? 'Destroy the volumes as well' : 'Destroy the volume as well',
          help: `${savings(destroying.data) ?? ''} What is stored is gone.`,
        },
      ]}
    />
  )
}
