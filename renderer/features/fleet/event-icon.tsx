import {
  CircleArrowDown,
  CircleArrowUp,
  CircleFadingArrowUp,
  CirclePause,
  CirclePlay,
  CirclePlus,
  CircleStop,
  Info,
  LogOut,
  type LucideIcon,
  Moon,
  OctagonX,
  RotateCw,
  Trash2,
} from 'lucide-react'
import type { Tone } from '#shared/machines/machine-state.ts'

const BY_TYPE: Readonly<Record<string, LucideIcon>> = {
  launch: CirclePlus,
  start: CirclePlay,
  stop: CircleStop,
  exit: LogOut,
  restart: RotateCw,
  update: CircleFadingArrowUp,
  suspend: CirclePause,
  suspended: Moon,
  resume: CirclePlay,
  destroy: Trash2,
}

/** While something is still under way the arrow says so. */
const UNDER_WAY: Readonly<Record<string, LucideIcon>> = { start: CircleArrowUp, stop: CircleArrowDown }

export function EventIcon({ type, tone }: { type: string; tone: Tone }) {
  const Icon = (tone === 'busy' && UNDER_WAY[type]) || (tone === 'bad' && OctagonX) || BY_TYPE[type] || Info
  return <Icon aria-hidden="true" />
}
