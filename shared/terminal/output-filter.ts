import { clampCsi, type ScreenSize } from './clamp-csi.ts'
import { cleanOsc } from './clean-osc.ts'
import { harmlessEnd } from './harmless-end.ts'
import { PieceWriter } from './piece-writer.ts'
import { C2, C2_ST, ESC, endOfString, isAborting, isC1, stringEnd } from './string-end.ts'

/** Sequences longer than any real one are dropped, so what is carried over between chunks stays small. */
const LONGEST_CSI = 512
const LONGEST_OSC = 8192
const LONGEST_DCS = 4096
const LONGEST_ESCAPE = 8

type Skip = 'none' | 'csi' | 'osc' | 'string'
/** What follows ESC, and what the same control is as a single C1 character. */
const OPENERS: Readonly<Record<number, 'csi' | 'osc' | 'dcs' | 'ignored'>> = {
  91: 'csi',
  93: 'osc',
  80: 'dcs',
  88: 'ignored',
  94: 'ignored',
  95: 'ignored',
}
const RESET = 0x63
const BACKSLASH = 0x5c

/**
 * Stands between a machine's output and xterm.js. Ordinary output passes untouched; sequences that would freeze the
 * page, reach the clipboard or dress up as something else are bounded or dropped. The result does not depend on how
 * the bytes are split into chunks. Pieces are cut so that drawing one stays short.
 */
export class OutputFilter {
  #size: ScreenSize
  #carry = new Uint8Array(0)
  #skip: Skip = 'none'
  #afterReset = false

  constructor(size: ScreenSize) {
    this.#size = size
  }

  resize(size: ScreenSize): void {
    this.#size = size
  }

  /** What may be written to the terminal, in order, each piece before the next. */
  push(chunk: Uint8Array): Uint8Array[] {
    const plain = this.#skip === 'none' && this.#carry.length === 0
    if (plain && !chunk.includes(ESC) && !chunk.includes(C2)) {
      if (chunk.length > 0) this.#afterReset = false
      return chunk.length > 0 ? [chunk] : []
    }
    const source = join(this.#carry, chunk)
    const writer = new PieceWriter(source.length)
    const rest = this.#run(source, writer)
    this.#carry = source.slice(rest)
    return writer.finish()
  }

  /** Returns where the part begins that cannot be judged yet. */
  #run(source: Uint8Array, writer: PieceWriter): number {
    let at = 0
    while (at < source.length) {
      if (this.#skip !== 'none') {
        const end = this.#skipOver(source, at)
        if (end < 0) return source.length + end + 1
        at = end
        continue
      }
      const special = harmlessEnd(source, at)
      this.#pass(source, writer, at, special)
      if (special === source.length) return special
      const end = source[special] === ESC ? this.#escape(source, special, writer) : this.#c1(source, special, writer)
      if (end < 0) return special
      at = end
    }
    return source.length
  }

  #pass(source: Uint8Array, writer: PieceWriter, from: number, to: number): void {
    if (to <= from) return
    this.#afterReset = false
    writer.copy(source, from, to)
  }

  /** A character U+0080…U+009F. Those that open a sequence are treated as `ESC` and its letter. -1 = incomplete. */
  #c1(source: Uint8Array, at: number, writer: PieceWriter): number {
    const second = source[at + 1]
    if (second === undefined) return -1
    const letter = second - 0x40
    if (isC1(second) && OPENERS[letter] !== undefined) return this.#open(source, at, letter, writer)
    // Half a character is dropped: with what comes after something else was dropped, it could become a control.
    if ((second & 0xc0) !== 0x80) return at + 1
    this.#pass(source, writer, at, at + 2)
    return at + 2
  }

  #escape(source: Uint8Array, at: number, writer: PieceWriter): number {
    // Controls between ESC and its letter do not break the sequence for a terminal: look past them.
    let opener = at + 1
    while (opener - at < LONGEST_ESCAPE && isControl(source[opener])) opener += 1
    const letter = source[opener]
    if (letter === undefined) return -1
    if (OPENERS[letter] !== undefined) return this.#open(source, opener - 1, letter, writer)
    return this.#shortEscape(source, at, writer)
  }

  #open(source: Uint8Array, at: number, letter: number, writer: PieceWriter): number {
    const kind = OPENERS[letter]
    if (kind === 'csi') return this.#csi(source, at, writer)
    if (kind === 'osc' || kind === 'dcs') return this.#string(source, at, kind, writer)
    this.#skip = 'string'
    return at + 2
  }

  /** `ESC`, intermediates, final. C0 inside is executed at once, so it goes first. */
  #shortEscape(source: Uint8Array, at: number, writer: PieceWriter): number {
    for (let end = at + 1; end < source.length; end += 1) {
      const code = source[end] ?? 0
      if (end - at > LONGEST_ESCAPE || isAborting(code)) return end
      if (code >= 0x30 && code !== 0x7f) return this.#finishShort(source, at, end + 1, writer)
    }
    return -1
  }

  #finishShort(source: Uint8Array, at: number, end: number, writer: PieceWriter): number {
    const isReset = source[end - 1] === RESET && end - at === 2
    // A second reset in a row changes nothing and costs as much as drawing two thousand characters.
    if (isReset && this.#afterReset) return end
    writeWithControlsFirst(source, at, end, writer)
    writer.cost(isReset ? this.#size.cols * this.#size.rows : 1)
    this.#afterReset = isReset
    return end
  }

  #csi(source: Uint8Array, at: number, writer: PieceWriter): number {
    let hasControls = source[at] !== ESC
    for (let end = at + 2; end < source.length; end += 1) {
      const code = source[end] ?? 0
      if (isAborting(code)) return end
      if (code >= 0x40 && code !== 0x7f) return this.#finishCsi(source, at, end + 1, hasControls, writer)
      if (code < 0x20 || code === 0x7f) hasControls = true
      if (end - at > LONGEST_CSI) {
        this.#skip = 'csi'
        return end
      }
    }
    return -1
  }

  #finishCsi(source: Uint8Array, at: number, end: number, mixed: boolean, writer: PieceWriter): number {
    this.#afterReset = false
    const sequence = mixed ? withoutControls(source, at, end, writer) : undefined
    const [from, start, stop] = sequence ? [sequence, 0, sequence.length] : [source, at, end]
    const { bytes, cells } = clampCsi(from, start, stop, this.#size)
    if (bytes) writer.copy(bytes, 0, bytes.length)
    else writer.copy(from, start, stop)
    writer.cost(cells)
    return end
  }

  #string(source: Uint8Array, at: number, kind: 'osc' | 'dcs', writer: PieceWriter): number {
    const longest = kind === 'osc' ? LONGEST_OSC : LONGEST_DCS
    const limit = Math.min(source.length, at + longest)
    const end = stringEnd(source, at + 2, limit, kind === 'osc')
    if (end < 0) {
      if (limit === source.length) return -1
      this.#skip = kind === 'osc' ? 'osc' : 'string'
      return limit
    }
    const { complete, next } = endOfString(source, end)
    if (next < 0) return -1
    if (complete) this.#finishString(source.subarray(at + 2, end), kind, source[end] === 7, writer)
    return next
  }

  #finishString(body: Uint8Array, kind: 'osc' | 'dcs', bell: boolean, writer: PieceWriter): void {
    const cleaned = kind === 'osc' ? cleanBody(body) : body
    if (!cleaned) return
    this.#afterReset = false
    writer.put(ESC, kind === 'osc' ? 0x5d : 0x50)
    writer.copy(cleaned, 0, cleaned.length)
    if (bell) writer.put(7)
    else writer.put(ESC, BACKSLASH)
  }

  /** Past the end of what is being dropped. Negative: not yet, and `-1 - n` bytes at the end are still undecided. */
  #skipOver(source: Uint8Array, at: number): number {
    const end = this.#skip === 'csi' ? csiEnd(source, at) : stringEnd(source, at, source.length, this.#skip === 'osc')
    if (end < 0) return source[source.length - 1] === C2 ? -2 : -1
    const kind = this.#skip
    this.#skip = 'none'
    if (kind === 'csi') return end
    // ESC opens something new and CAN is for the terminal; the bell and the string terminator go with the string.
    if (source[end] === 7) return end + 1
    return source[end] === C2 && source[end + 1] === C2_ST ? end + 2 : end
  }
}

const decoder = new TextDecoder()
const encoder = new TextEncoder()

function cleanBody(body: Uint8Array): Uint8Array | undefined {
  const text = decoder.decode(body)
  const cleaned = cleanOsc(text)
  if (cleaned === text) return body
  return cleaned === undefined ? undefined : encoder.encode(cleaned)
}

function csiEnd(source: Uint8Array, from: number): number {
  for (let at = from; at < source.length; at += 1) {
    const code = source[at] ?? 0
    if (isAborting(code)) return at
    if (code >= 0x40 && code !== 0x7f) return at + 1
  }
  return -1
}

/** A terminal runs C0 controls inside a sequence at once: write them first, return the sequence without them. */
function withoutControls(source: Uint8Array, at: number, end: number, writer: PieceWriter): Uint8Array {
  const rest = [ESC, 0x5b]
  for (let index = at + 2; index < end; index += 1) {
    const code = source[index] ?? 0
    if (code < 0x20) writer.put(code)
    else if (code !== 0x7f) rest.push(code)
  }
  return Uint8Array.from(rest)
}

function writeWithControlsFirst(source: Uint8Array, at: number, end: number, writer: PieceWriter): void {
  for (let index = at + 1; index < end; index += 1) if ((source[index] ?? 0) < 0x20) writer.put(source[index] ?? 0)
  for (let index = at; index < end; index += 1) {
    const code = source[index] ?? 0
    if ((code >= 0x20 || index === at) && code !== 0x7f) writer.put(code)
  }
}

const isControl = (code: number | undefined) =>
  code !== undefined && (code < 0x20 || code === 0x7f) && !isAborting(code)

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second
  const joined = new Uint8Array(first.length + second.length)
  joined.set(first)
  joined.set(second, first.length)
  return joined
}
