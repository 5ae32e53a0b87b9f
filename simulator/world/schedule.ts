import type { Clock } from './clock.ts'

interface Task {
  at: number
  order: number
  run: () => void
}

/** Things that happen later, in one heap under one timer, however many machines there are. */
export interface Schedule {
  after(milliseconds: number, run: () => void): void
  /** Runs whatever is due. Called before every answer, so that answers never show a stale state. */
  settle(): void
  stop(): void
}

const before = (a: Task, b: Task) => a.at < b.at || (a.at === b.at && a.order < b.order)

function push(heap: Task[], task: Task): void {
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

function pop(heap: Task[]): Task | undefined {
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

/** Longest single sleep: a due task is then at most this late under a virtual clock nobody settles. */
const LONGEST_SLEEP = 60_000

export function createSchedule(clock: Clock): Schedule {
  const heap: Task[] = []
  let order = 0
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const arm = () => {
    clearTimeout(timer)
    const next = heap[0]
    if (!next || stopped) return
    timer = setTimeout(settle, Math.min(LONGEST_SLEEP, Math.max(0, next.at - clock.now())))
    timer.unref()
  }
  function settle(): void {
    if (stopped) return
    const now = clock.now()
    while (heap[0] && heap[0].at <= now) pop(heap)?.run()
    arm()
  }
  return {
    settle,
    after(milliseconds, run) {
      order += 1
      const task = { at: clock.now() + milliseconds, order, run }
      push(heap, task)
      if (heap[0] === task) arm()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
