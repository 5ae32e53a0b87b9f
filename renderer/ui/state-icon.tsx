import {
  Ban,
  CircleArrowDown,
  CircleArrowUp,
  CircleDashed,
  CircleFadingArrowUp,
  CirclePause,
  CirclePlay,
  CircleQuestionMark,
  CircleStop,
  Hourglass,
  type LucideIcon,
  Moon,
  OctagonAlert,
  OctagonX,
  Replace,
  RotateCw,
  Trash2,
  Unplug,
} from 'lucide-react'
import type { StateIcon as Name } from '#shared/machines/machine-state.ts'

const ICONS: Readonly<Record<Name, LucideIcon>> = {
  'circle-dashed': CircleDashed,
  'circle-arrow-up': CircleArrowUp,
  'circle-play': CirclePlay,
  'circle-arrow-down': CircleArrowDown,
  'circle-stop': CircleStop,
  'circle-pause': CirclePause,
  moon: Moon,
  'rotate-cw': RotateCw,
  'circle-fading-arrow-up': CircleFadingArrowUp,
  replace: Replace,
  trash: Trash2,
  ban: Ban,
  'octagon-x': OctagonX,
  'octagon-alert': OctagonAlert,
  unplug: Unplug,
  hourglass: Hourglass,
  'circle-help': CircleQuestionMark,
}

export function StateIcon({ name }: { name: Name }) {
  const Icon = ICONS[name]
  return <Icon />
}
