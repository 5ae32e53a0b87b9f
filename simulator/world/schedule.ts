import { AsyncLocalStorage } from 'node:async_hooks'
import type { Clock } from './clock.ts'
import { pop, push, type Task } from './task-heap.ts'

interface Patience {
  /** Milliseconds since 1970, on the world's clock. */
  deadline: number
  signal: AbortSignal
}

/** Things that happen later, in one heap under one timer, however many machines there are. */
export interface Schedule {
  /** Runs on behalf of whoever planned it. */
  after(milliseconds: number, run: () => void): void
  /** Runs whatever is due. Called before every answer, so that answers never show a stale state. */
  settle(): void
  /** Waits until something holds: true; false at the deadline or when the signal aborts. Looks after every answer and step. */
  until(ready: () => boolean, patience: Patience): Promise<boolean>
  /** Moves the clock ahead step by step, so that everything on the way happens at its own time. */
  advance(milliseconds: number): Promise<void>
  stop(): void
}

/** Longest single sleep: a due task is then at most this late after the computer slept. */
const LONGEST_SLEEP = 60_000

/** Lets whoever waited go on before time does. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

export function createSchedule(clock: Clock): Schedule {
  const heap: Task[] = []
  /** Each looks for itself and says whether it is done. */
  const waiting = new Set<() => boolean>()
  let order = 0
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const arm = () => {
    clearTimeout(timer)
    const next = heap[0]
    if (!next || stopped || !clock.ticks) return
    timer = setTimeout(settle, Math.min(LONGEST_SLEEP, Math.max(0, next.at - clock.now())))
    timer.unref()
  }
  /** True when somebody's waiting ended. */
  const look = () => {
    let ended = false
    for (const isDone of waiting) if (isDone()) ended = waiting.delete(isDone)
    return ended
  }
  const runDue = () => {
    while (heap[0] && heap[0].at <= clock.now()) pop(heap)?.run()
    return look()
  }
  function settle(): void {
    if (stopped) return
    runDue()
    arm()
  }
  function after(milliseconds: number, run: () => void): void {
    order += 1
    // Whole milliseconds: a scaled delay has a fraction, times of Fly have none.
    const task = { at: clock.now() + Math.ceil(milliseconds), order, run: AsyncLocalStorage.bind(run) }
    push(heap, task)
    if (heap[0] === task) arm()
  }
  return {
    settle,
    after,
    until: (ready, { deadline, signal }) =>
      new Promise((resolve) => {
        const isDone = () => {
          const held = ready()
          const over = held || signal.aborted || stopped || clock.now() >= deadline
          if (over) resolve(held)
          return over
        }
        if (isDone()) return
        waiting.add(isDone)
        signal.addEventListener('abort', look, { once: true })
        after(deadline - clock.now(), () => {
          // Being due is enough: everybody looks after a step.
        })
      }),
    async advance(milliseconds) {
      const target = clock.now() + milliseconds
      while (heap[0] && heap[0].at <= target && !stopped) {
        clock.moveTo(heap[0].at)
        if (runDue()) await turn()
      }
      clock.moveTo(target)
      if (look()) await turn()
      arm()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
      look()
    },
  }
}
