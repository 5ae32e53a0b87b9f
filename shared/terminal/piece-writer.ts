/** Cells one piece may touch before it is cut: a few milliseconds of xterm.js. */
const CELLS_PER_PIECE = 200_000
/** The output is never longer than the input but for terminators written out in full. */
const SLACK = 64

/** Collects output bytes and cuts them where the work so far would make drawing take long. */
export class PieceWriter {
  #bytes: Uint8Array
  #length = 0
  #cells = 0
  readonly #cuts: number[] = []

  constructor(expected: number) {
    this.#bytes = new Uint8Array(expected + SLACK)
  }

  copy(source: Uint8Array, from: number, to: number): void {
    this.#reserve(to - from)
    if (to - from > 16) this.#bytes.set(source.subarray(from, to), this.#length)
    else for (let at = from; at < to; at += 1) this.#bytes[this.#length + at - from] = source[at] ?? 0
    this.#length += to - from
  }

  put(...codes: readonly number[]): void {
    this.#reserve(codes.length)
    for (const code of codes) {
      this.#bytes[this.#length] = code
      this.#length += 1
    }
  }

  /** Says that what was written last touches about that many cells. */
  cost(cells: number): void {
    this.#cells += cells
    if (this.#cells < CELLS_PER_PIECE) return
    this.#cells = 0
    this.#cuts.push(this.#length)
  }

  finish(): Uint8Array[] {
    const pieces: Uint8Array[] = []
    let from = 0
    for (const to of [...this.#cuts, this.#length]) {
      if (to > from) pieces.push(this.#bytes.subarray(from, to))
      from = to
    }
    return pieces
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const larger = new Uint8Array((this.#length + more) * 2)
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}
