/** How much of a session's output is kept for a reader that comes later. */
export const KEPT_BYTES = 1024 * 1024
/** Largest piece handed out at once: 16 of them, two stream windows, are the 1 MB that may be in flight. */
export const PIECE_BYTES = 64 * 1024
const FIRST_BYTES = 16 * 1024
/** How far into an overrun log a clean start is looked for. */
const LINE_SEARCH = 8 * 1024
const NEWLINE = 10

/** The last megabyte of a byte stream. Positions count from the stream's first byte and never repeat. */
export class OutputLog {
  #ring = new Uint8Array(FIRST_BYTES)
  #end = 0

  /** Position after the last byte. */
  get end(): number {
    return this.#end
  }

  /** Position of the oldest byte still kept. */
  get start(): number {
    return Math.max(0, this.#end - KEPT_BYTES)
  }

  append(bytes: Uint8Array): void {
    const kept = bytes.length > KEPT_BYTES ? bytes.subarray(bytes.length - KEPT_BYTES) : bytes
    this.#end += bytes.length - kept.length
    this.#grow(this.#end + kept.length)
    const at = this.#end % this.#ring.length
    const head = kept.subarray(0, this.#ring.length - at)
    this.#ring.set(head, at)
    this.#ring.set(kept.subarray(head.length), 0)
    this.#end += kept.length
  }

  /** Where a new reader begins: at the first byte, or, once the log has overrun, at the start of a whole line. */
  firstReadable(): number {
    if (this.start === 0) return 0
    for (let at = this.start; at < this.start + LINE_SEARCH; at += 1) {
      if (this.#ring[at % this.#ring.length] === NEWLINE) return at + 1
    }
    return this.start
  }

  /** A copy of what follows `position`, up to `limit` bytes. Empty when there is nothing yet. */
  read(position: number, limit = PIECE_BYTES): Uint8Array<ArrayBuffer> {
    const length = Math.min(limit, this.#end - position)
    const piece = new Uint8Array(length)
    const at = position % this.#ring.length
    const head = this.#ring.subarray(at, Math.min(at + length, this.#ring.length))
    piece.set(head)
    piece.set(this.#ring.subarray(0, length - head.length), head.length)
    return piece
  }

  /** Quiet sessions stay small: the ring doubles until it holds `KEPT_BYTES`, then it wraps. */
  #grow(needed: number): void {
    if (needed <= this.#ring.length || this.#ring.length >= KEPT_BYTES) return
    let size = this.#ring.length
    while (size < needed && size < KEPT_BYTES) size *= 2
    const larger = new Uint8Array(size)
    larger.set(this.#ring.subarray(0, this.#end))
    this.#ring = larger
  }
}
