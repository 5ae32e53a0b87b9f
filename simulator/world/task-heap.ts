/** Something to do at a time; of two at the same time the one that was planned first goes first. */
export interface Task {
  at: number
  order: number
  run: () => void
}

const before = (a: Task, b: Task) => a.at < b.at || (a.at === b.at && a.order < b.order)

/** Adds a task to a binary heap whose first element is due first. */
export function push(heap: Task[], task: Task): void {
  let at = heap.push(task) - 1
  while (at > 0) {
    const parent = (at - 1) >> 1
    const above = heap[parent]
    if (!above || !before(task, above)) break
    heap[at] = above
    at = parent
  }
  heap[at] = task
}

function smallerChild(heap: Task[], at: number): number {
  const left = heap[2 * at + 1]
  const right = heap[2 * at + 2]
  return left && right && before(right, left) ? 2 * at + 2 : 2 * at + 1
}

/** Takes the task that is due first. */
export function pop(heap: Task[]): Task | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (!first || !last || heap.length === 0) return first
  let at = 0
  for (;;) {
    const child = smallerChild(heap, at)
    const below = heap[child]
    if (!below || !before(below, last)) break
    heap[at] = below
    at = child
  }
  heap[at] = last
  return first
}
