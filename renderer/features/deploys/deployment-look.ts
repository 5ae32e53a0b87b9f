import {
  Ban,
  Circle,
  CircleCheck,
  CircleFadingArrowUp,
  CircleStop,
  type LucideIcon,
  OctagonX,
  Unplug,
} from 'lucide-react'
import type { Deployment, DeployStepName } from '#shared/contracts/deploys.ts'
import type { Tone } from '#shared/machines/machine-state.ts'

interface Look {
  tone: Tone
  icon: LucideIcon
  word: string
}

const BY_STATUS: Readonly<Record<Deployment['status'], Look>> = {
  deploying: { tone: 'busy', icon: CircleFadingArrowUp, word: 'Deploying' },
  deployed: { tone: 'ok', icon: CircleCheck, word: 'Deployed' },
  failed: { tone: 'bad', icon: OctagonX, word: 'Failed' },
  cancelled: { tone: 'off', icon: Ban, word: 'Cancelled' },
  interrupted: { tone: 'warn', icon: Unplug, word: 'Interrupted' },
}

/** "Verified" is said only of an app that answered. */
export function deploymentLook({ status, health }: Pick<Deployment, 'status' | 'health'>): Look {
  const look = BY_STATUS[status]
  return status === 'deployed' && health?.ok ? { ...look, word: 'Deployed and verified' } : look
}

const BY_STEP: Readonly<Record<Deployment['steps'][number]['status'], Look>> = {
  waiting: { tone: 'off', icon: Circle, word: 'waiting' },
  running: { tone: 'busy', icon: CircleFadingArrowUp, word: 'running' },
  done: { tone: 'ok', icon: CircleCheck, word: 'done' },
  failed: { tone: 'bad', icon: OctagonX, word: 'failed' },
  skipped: { tone: 'off', icon: CircleStop, word: 'left out' },
}

export const stepLook = ({ status }: Deployment['steps'][number]): Look => BY_STEP[status]

export const STEP_TITLES: Readonly<Record<DeployStepName, string>> = {
  check: 'Check',
  build: 'Build',
  push: 'Push',
  release: 'Release',
  machines: 'Update machines',
  health: 'Health',
}
