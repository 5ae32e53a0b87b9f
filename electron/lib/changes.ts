export interface Changes {
  emit(): void
  /** Returns how to stop listening. */
  on(listener: () => void): () => void
}

/** Tells listeners that something moved. They read what it is now. */
export function createChanges(): Changes {
  const listeners = new Set<() => void>()
  return {
    emit() {
      for (const listener of [...listeners]) listener()
    },
    on(listener) {
      const own = () => listener()
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}

interface LatestOptions<T> {
  read: () => T | Promise<T>
  on: Changes['on']
  signal: AbortSignal
}

/** The value now, and again after each change. Changes that come while the reader is busy are one. Ends on abort. */
export async function* latest<T>({ read, on, signal }: LatestOptions<T>): AsyncGenerator<T> {
  let changed = true
  let wake = () => {}
  const off = on(() => {
    changed = true
    wake()
  })
  const stop = () => wake()
  signal.addEventListener('abort', stop)
  try {
    while (!signal.aborted) {
      if (changed) {
        changed = false
        yield await read()
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    off()
    signal.removeEventListener('abort', stop)
  }
}
