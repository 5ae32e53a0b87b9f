import { createChanges } from '#electron/lib/changes.ts'
import { AppError } from '#shared/ipc/errors.ts'

/** Rounds, one after another, for whoever waits for one of them. */
export function createRounds() {
  const ends = createChanges()
  let done = 0
  let underWay = false
  return {
    async run(round: () => Promise<void>): Promise<void> {
      underWay = true
      try {
        await round()
      } finally {
        underWay = false
        done += 1
        ends.emit()
      }
    },
    /** Resolves at the end of the first round that begins after this call. Throws `cancelled` on abort. */
    next(signal: AbortSignal): Promise<void> {
      const target = done + (underWay ? 2 : 1)
      return new Promise((resolve, reject) => {
        const off = ends.on(() => {
          if (done >= target) leave(resolve)
        })
        const cancel = () => leave(() => reject(new AppError('cancelled', 'Cancelled')))
        const leave = (settle: () => void) => {
          off()
          signal.removeEventListener('abort', cancel)
          settle()
        }
        signal.addEventListener('abort', cancel)
        if (signal.aborted) cancel()
      })
    },
  }
}
