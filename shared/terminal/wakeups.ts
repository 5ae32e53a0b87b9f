/** Wakes everyone who waits, each time something changed. */
export class Wakeups {
  readonly #waiting = new Set<() => void>()

  wakeAll(): void {
    for (const wake of this.#waiting) wake()
  }

  /** Until the next `wakeAll`, or until `signal` aborts. */
  wait(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      this.#waiting.add(wake)
      signal.addEventListener('abort', wake, { once: true })
    })
  }
}
