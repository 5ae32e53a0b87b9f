import {
  Ban,
  CircleCheck,
  CircleDashed,
  CirclePlay,
  CircleSlash,
  type LucideIcon,
  OctagonX,
  TriangleAlert,
} from 'lucide-react'
import type { Operation, OperationItem } from '#shared/contracts/operations.ts'
import type { Tone } from '#shared/machines/machine-state.ts'

interface Look {
  word: string
  tone: Tone
  icon: LucideIcon
}

export const OPERATION_LOOKS: Readonly<Record<Operation['status'], Look>> = {
  running: { word: 'Running', tone: 'busy', icon: CirclePlay },
  done: { word: 'Done', tone: 'ok', icon: CircleCheck },
  failed: { word: 'Failed', tone: 'bad', icon: OctagonX },
  cancelled: { word: 'Cancelled', tone: 'off', icon: Ban },
  interrupted: { word: 'Interrupted', tone: 'warn', icon: TriangleAlert },
}

export const ITEM_LOOKS: Readonly<Record<OperationItem['status'], Look>> = {
  waiting: { word: 'Waiting', tone: 'off', icon: CircleDashed },
  running: { word: 'Running', tone: 'busy', icon: CirclePlay },
  done: { word: 'Done', tone: 'ok', icon: CircleCheck },
  failed: { word: 'Failed', tone: 'bad', icon: OctagonX },
  skipped: { word: 'Skipped', tone: 'off', icon: CircleSlash },
  cancelled: { word: 'Cancelled', tone: 'off', icon: Ban },
}
