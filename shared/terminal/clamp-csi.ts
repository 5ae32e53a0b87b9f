export interface ScreenSize {
  cols: number
  rows: number
}

/** What one control sequence may cost: its new bytes (absent = leave as it is) and about how many cells it touches. */
export interface ClampedCsi {
  bytes?: Uint8Array | undefined
  cells: number
}

const ESC = 0x1b
const BRACKET = 0x5b
const DIGIT_0 = 0x30
const DIGIT_9 = 0x39
/** No parameter of a real sequence is longer; xterm.js itself stops at 2^31. */
const LONGEST_NUMBER = 9

/**
 * Finals whose handlers loop once per count in xterm.js 6: what the screen can use of the count, and what one costs.
 * More than that changes nothing on screen, but `ESC [ 1000000000 S` would hold the page for minutes.
 */
const LOOPS: Readonly<Record<string, { most: (size: ScreenSize) => number; each: (size: ScreenSize) => number }>> = {
  S: { most: ({ rows }) => rows, each: ({ cols }) => cols },
  T: { most: ({ rows }) => rows, each: ({ cols }) => cols },
  L: { most: ({ rows }) => rows, each: ({ cols }) => cols },
  M: { most: ({ rows }) => rows, each: ({ cols }) => cols },
  '@': { most: ({ cols }) => cols, each: () => 1 },
  P: { most: ({ cols }) => cols, each: () => 1 },
  X: { most: ({ cols }) => cols, each: () => 1 },
  I: { most: ({ cols }) => cols, each: () => 1 },
  Z: { most: ({ cols }) => cols, each: () => 1 },
  '}': { most: ({ cols }) => cols, each: ({ rows }) => rows },
  '~': { most: ({ cols }) => cols, each: ({ rows }) => rows },
  b: { most: ({ cols, rows }) => cols * rows, each: () => 1 },
}

/** Reads `ESC [ … final` at `start`…`end` of `source` (no C0 inside) and bounds what it can make the screen do. */
export function clampCsi(source: Uint8Array, start: number, end: number, size: ScreenSize): ClampedCsi {
  const final = String.fromCharCode(source[end - 1] ?? 0)
  const loop = LOOPS[final]
  const cells = loop ? 1 : costOf(final, size)
  if (!loop && !hasLongNumber(source, start, end)) return { cells }
  const small = loop ? smallCount(source, start + 2, end - 1) : -1
  if (loop && small >= 0 && small <= loop.most(size)) return { cells: Math.max(1, small) * loop.each(size) }
  const most = loop?.most(size) ?? 10 ** LONGEST_NUMBER - 1
  const text = textOf(source, start + 2, end)
  const count = loop ? Math.min(most, firstCount(text)) : 0
  const clamped = text.replace(/\d+/g, (digits) => (Number(digits) > most ? String(most) : digits))
  return {
    bytes: clamped === text ? undefined : bytesOf(clamped),
    cells: loop ? count * loop.each(size) : cells,
  }
}

/** The count where it is all there is and at most four digits; -1 = look more closely. */
function smallCount(source: Uint8Array, from: number, to: number): number {
  if (to - from > 4) return -1
  let count = 0
  for (let at = from; at < to; at += 1) {
    const digit = (source[at] ?? 0) - DIGIT_0
    if (digit < 0 || digit > 9) return -1
    count = count * 10 + digit
  }
  return count
}

/** Erasing, resetting and switching screens touch every cell; the rest touches one. */
function costOf(final: string, { cols, rows }: ScreenSize): number {
  return final === 'J' || final === 'h' || final === 'l' ? cols * rows : 1
}

function hasLongNumber(source: Uint8Array, start: number, end: number): boolean {
  if (end - start <= LONGEST_NUMBER + 2) return false
  let run = 0
  for (let at = start + 2; at < end; at += 1) {
    const code = source[at] ?? 0
    run = code >= DIGIT_0 && code <= DIGIT_9 ? run + 1 : 0
    if (run > LONGEST_NUMBER) return true
  }
  return false
}

const firstCount = (text: string) => Math.max(1, Number(/\d+/.exec(text)?.[0] ?? 1))

function textOf(source: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let at = start; at < end; at += 1) text += String.fromCharCode(source[at] ?? 0)
  return text
}

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length + 2)
  bytes[0] = ESC
  bytes[1] = BRACKET
  for (let at = 0; at < text.length; at += 1) bytes[at + 2] = text.charCodeAt(at)
  return bytes
}
