/** Longest text of one write call (the contract's limit). */
const LONGEST_WRITE = 1_000_000

/** Collects what is typed in one turn of the event loop into one call, in order. Nothing is sent before `start`. */
export function createInput(write: (id: string, text: string) => Promise<void>) {
  let id: string | undefined
  let pending = ''

  const flush = () => {
    const text = pending
    pending = ''
    if (id === undefined) return
    for (let at = 0; at < text.length; at += LONGEST_WRITE) {
      // A session that has ended takes nothing more; the view says that it has.
      write(id, text.slice(at, at + LONGEST_WRITE)).catch(() => {})
    }
  }

  return {
    start: (sessionId: string) => {
      id = sessionId
    },
    type: (text: string) => {
      if (pending === '') queueMicrotask(flush)
      pending += text
    },
  }
}
