import type { LogBatch, LogLine } from '#shared/contracts/logs.ts'
import type { AppError } from '#shared/ipc/errors.ts'
import { compareTimes } from '#shared/logs/nanoseconds.ts'
import { Wakeups } from '#shared/terminal/wakeups.ts'
import type { TailListener } from './app-tail.ts'
import type { LogGap } from './cursor.ts'
import { BATCH_LINES, LineQueue } from './line-queue.ts'
import { RecentIds } from './recent-ids.ts'

/** Lines are collected this long, so that a busy app costs 20 messages a second. */
const BATCH_EVERY_MS = 50
const REMEMBERED_IDS = 5000

/** One view on a tail: filters, collects, and is pulled. */
export class TailReader implements TailListener {
  readonly #machineId: string | undefined
  readonly #queue = new LineQueue()
  readonly #ids = new RecentIds(REMEMBERED_IDS)
  readonly #wakeups = new Wakeups()
  /** Lines that came while the machine's own history was still being fetched. */
  #early: LogLine[] | undefined
  #earlyGap: LogGap | undefined
  #trouble: string | undefined
  #changed = false
  #error: AppError | undefined

  constructor(machineId: string | undefined) {
    this.#machineId = machineId
    this.#early = machineId === undefined ? undefined : []
  }

  onLines(lines: readonly LogLine[], gap: LogGap | undefined): void {
    const mine = lines.filter((line) => this.#isMine(line))
    if (this.#early) {
      this.#early.push(...mine)
      this.#earlyGap ??= gap
    } else {
      const fresh = mine.filter(({ id }) => this.#ids.add(id))
      this.#queue.push(fresh, gap)
    }
    this.#changed = true
    this.#wakeups.wakeAll()
  }

  onTrouble(trouble: string | undefined): void {
    if (trouble === this.#trouble) return
    this.#trouble = trouble
    this.#changed = true
    this.#wakeups.wakeAll()
  }

  onEnd(error: AppError): void {
    this.#error = error
    this.#wakeups.wakeAll()
  }

  /** The machine's newest lines, to be shown in front of what the app's tail brings. */
  addHistory(history: readonly LogLine[]): void {
    const lines = [...history, ...(this.#early ?? [])]
    this.#early = undefined
    const fresh = lines.filter(({ id }) => this.#ids.add(id))
    this.onLines([], undefined)
    this.#queue.push(
      fresh.sort((one, two) => compareTimes(one.timestamp, two.timestamp)),
      this.#earlyGap,
    )
  }

  /** Batches until `signal` aborts; throws what ended the tail. The first comes once something is known, even "no lines". */
  async *batches(signal: AbortSignal): AsyncGenerator<LogBatch> {
    let last = 0
    while (await this.#hasNews(signal)) {
      if (this.#queue.size < BATCH_LINES) await pause(last + BATCH_EVERY_MS - performance.now())
      if (signal.aborted) return
      last = performance.now()
      this.#changed = false
      const batch = this.#queue.take() ?? { lines: [] }
      yield this.#trouble === undefined ? batch : { ...batch, trouble: this.#trouble }
    }
  }

  /** Waits for something to tell. False = nobody listens any more. */
  async #hasNews(signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      if (!this.#queue.isEmpty || this.#changed) return true
      if (this.#error) throw this.#error
      await this.#wakeups.wait(signal)
    }
    return false
  }

  #isMine({ machineId }: LogLine): boolean {
    return this.#machineId === undefined || machineId === this.#machineId
  }
}

const pause = (milliseconds: number) =>
  milliseconds <= 0 ? undefined : new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
