// Where escape sequences end, as xterm.js' parser sees it (its transition table).

export const ESC = 0x1b
/** First byte of U+0080…U+009F in UTF-8: the C1 controls, which open and end sequences as `ESC` and a letter do. */
export const C2 = 0xc2
/** Second byte of U+009C, the string terminator. */
export const C2_ST = 0x9c
const BELL = 0x07
const CANCEL = 0x18
const SUBSTITUTE = 0x1a
const BACKSLASH = 0x5c

export const isC1 = (second: number | undefined): boolean => second !== undefined && second >= 0x80 && second <= 0x9f

/** Bytes that end an unfinished escape or control sequence: CAN, SUB, ESC, and all that is not ASCII. */
export const isAborting = (code: number): boolean =>
  code === ESC || code === CANCEL || code === SUBSTITUTE || code >= 0x80

/** Index of the byte in `from`…`to` that ends an OSC (`bell`), DCS or other string. -1 = not there. */
export function stringEnd(source: Uint8Array, from: number, to: number, bell: boolean): number {
  for (let at = from; at < to; at += 1) {
    const code = source[at] ?? 0
    if (code === ESC || code === CANCEL || code === SUBSTITUTE) return at
    if (bell && code === BELL) return at
    if (code === C2 && isC1(source[at + 1])) return at
  }
  return -1
}

/**
 * What the ending byte at `end` means: `complete` = the string counts; `next` = where to go on (-1 = one byte short).
 * ESC completes it whatever follows; `ESC \` belongs to it. CAN, SUB and other C1 controls cancel it.
 */
export function endOfString(source: Uint8Array, end: number): { complete: boolean; next: number } {
  switch (source[end]) {
    case BELL:
      return { complete: true, next: end + 1 }
    case ESC:
      if (source[end + 1] === undefined) return { complete: true, next: -1 }
      return { complete: true, next: source[end + 1] === BACKSLASH ? end + 2 : end }
    case C2:
      return source[end + 1] === C2_ST ? { complete: true, next: end + 2 } : { complete: false, next: end }
    default:
      return { complete: false, next: end }
  }
}
