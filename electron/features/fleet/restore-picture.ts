import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FleetChanges, Picture } from './picture.ts'
import type { SavedFleet } from './snapshot.ts'

interface RestoreOptions {
  picture: Picture
  parts: Iterable<SavedFleet>
  /** Only rows that differ from those there already. */
  tell: (changes: FleetChanges) => void
  ended: AbortSignal
}

/** Rows computed in one turn of the event loop: some 10 ms of work. */
const ROWS = 250

/** Puts what an earlier run knew into the picture, a part each turn. All of it first: a row needs what belongs to it. */
export async function restorePicture({ picture, parts, tell, ended }: RestoreOptions): Promise<void> {
  for (const part of parts) {
    picture.restore(part)
    await nextTurn()
    if (ended.aborted) return
  }
  while (picture.unsettled() && !ended.aborted) {
    tell(picture.settle({ atMost: ROWS }))
    await nextTurn()
  }
}
