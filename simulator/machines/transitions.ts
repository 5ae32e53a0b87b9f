/** A change of a machine's state, as it happened. */
export interface Transition {
  at: number
  machine: string
  from: string
  to: string
}

/** Every transition since the start or the last clearing: proof of what was done, and how often. */
export interface Transitions {
  add(transition: Transition): void
  list(): readonly Transition[]
  clear(): void
}

const KEPT = 100_000

export function createTransitions(): Transitions {
  let list: Transition[] = []
  return {
    list: () => list,
    clear: () => {
      list = []
    },
    add(transition) {
      if (transition.from === transition.to) return
      list.push(transition)
      if (list.length > KEPT) list = list.slice(KEPT / 10)
    },
  }
}
