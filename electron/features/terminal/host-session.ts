import type { PtyExit, PtyOutput } from '#shared/terminal/host-contract.ts'
import { OutputLog, PIECE_BYTES } from '#shared/terminal/output-log.ts'
import { Wakeups } from '#shared/terminal/wakeups.ts'
import { type PtyCommand, type PtyProcess, spawnPty } from './pty-process.ts'

/** The pty pauses when its slowest reader is this far behind, and goes on when it is this close again. */
const FAR_BEHIND = 256 * 1024
const CLOSE_BEHIND = 64 * 1024
/** Least time between two pieces that are not full: a flood comes in full ones, a key's echo at once. */
const PIECE_EVERY_MS = 4
const TAIL_BYTES = 4096

interface Reader {
  position: number
}

/** One pty with its output log and its readers. Without readers it runs on, and the log forgets its oldest bytes. */
export class HostSession {
  readonly exit: Promise<PtyExit>
  readonly #pty: PtyProcess
  readonly #log = new OutputLog()
  readonly #readers = new Set<Reader>()
  readonly #changed = new Wakeups()
  /** Position up to which some reader has had the output. */
  #delivered = 0
  #paused = false
  #ended = false

  constructor(command: Omit<PtyCommand, 'onData' | 'onExit'>) {
    const { promise, resolve } = Promise.withResolvers<PtyExit>()
    this.exit = promise
    this.#pty = spawnPty({
      ...command,
      onData: (bytes) => this.#append(bytes),
      onExit: (exit) => {
        this.#ended = true
        resolve({ ...exit, tail: this.#tail() })
        this.#changed.wakeAll()
      },
    })
  }

  write(text: string): void {
    if (!this.#ended) this.#pty.write(text)
  }

  resize(size: { cols: number; rows: number }): void {
    if (!this.#ended) this.#pty.resize(size)
  }

  kill(): void {
    this.#pty.kill()
  }

  /** The kept output, then what comes; ends after the last byte, or when `signal` aborts. */
  async *output(signal: AbortSignal): AsyncGenerator<PtyOutput> {
    const reader = { position: this.#log.firstReadable() }
    this.#readers.add(reader)
    try {
      let last = 0
      while (!signal.aborted) {
        if (reader.position === this.#log.end) {
          if (this.#ended) return
          await this.#changed.wait(signal)
          continue
        }
        if (this.#log.end - reader.position < PIECE_BYTES) await pause(last + PIECE_EVERY_MS - performance.now())
        yield this.#next(reader)
        last = performance.now()
      }
    } finally {
      this.#readers.delete(reader)
      this.#regulate()
    }
  }

  #next(reader: Reader): PtyOutput {
    const replayed = reader.position < this.#delivered
    const bytes = this.#log.read(reader.position, replayed ? this.#delivered - reader.position : undefined)
    reader.position += bytes.length
    this.#delivered = Math.max(this.#delivered, reader.position)
    this.#regulate()
    return { bytes, replayed }
  }

  #append(bytes: Uint8Array): void {
    this.#log.append(bytes)
    this.#changed.wakeAll()
    this.#regulate()
  }

  #regulate(): void {
    const slowest = Math.min(this.#log.end, ...[...this.#readers].map(({ position }) => position))
    const behind = this.#log.end - slowest
    if (!this.#paused && behind > FAR_BEHIND) {
      this.#paused = true
      this.#pty.pause()
    } else if (this.#paused && behind < CLOSE_BEHIND) {
      this.#paused = false
      this.#pty.resume()
    }
  }

  #tail(): string {
    return new TextDecoder().decode(this.#log.read(Math.max(this.#log.start, this.#log.end - TAIL_BYTES)))
  }
}

const pause = (milliseconds: number) =>
  milliseconds <= 0 ? undefined : new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
