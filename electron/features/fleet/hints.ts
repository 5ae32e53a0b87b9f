import { isTransient } from '#shared/machines/machine-state.ts'
import type { Picture } from './picture.ts'

export interface Target {
  app: string
  id: string
}

/** How long a machine somebody changed is read in every round, at most. */
const HINT_MS = 15_000
const HINTS_PER_ROUND = 100

/** Machines somebody has just changed, each until the change has shown. */
export function createHints({ picture, now }: { picture: Picture; now: () => number }) {
  const hints = new Map<string, Target & { at: number }>()

  /** Read since the change, and at rest; or nothing has come of it for long enough. */
  function hasShown({ id, at }: { id: string; at: number }): boolean {
    const known = picture.machine(id)
    const read = (known?.details?.readAt ?? 0) > at && !isTransient(known?.core.value.state ?? '')
    return read || now() - at > HINT_MS
  }

  return {
    add(targets: readonly Target[]) {
      for (const target of targets) hints.set(target.id, { ...target, at: now() })
    },
    /** Those to read now. */
    open(): ReadonlyMap<string, Target> {
      for (const [id, hint] of hints) if (hasShown(hint)) hints.delete(id)
      return new Map([...hints].slice(0, HINTS_PER_ROUND))
    },
  }
}
