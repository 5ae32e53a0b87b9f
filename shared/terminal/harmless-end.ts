import { C2, ESC } from './string-end.ts'

const BRACKET = 0x5b
/** Long enough for any colour; the rest is looked at more closely. */
const LONGEST = 40
/** Digits in a row that no clamp would shorten. */
const DIGITS = 4

/** 1 = a final byte whose sequence cannot cost much, whatever its numbers below 10,000 are: colours, cursor moves, … */
const CHEAP = new Uint8Array(256)
for (const final of 'ABCDEFGHKacdefgmnqrsu`') CHEAP[final.charCodeAt(0)] = 1

/** Where the next byte stands that needs judging: text and the everyday control sequences need none. */
export function harmlessEnd(source: Uint8Array, from: number): number {
  let at = from
  while (at < source.length) {
    const code = source[at]
    if (code === C2) return at
    if (code === ESC) {
      const end = cheapCsiEnd(source, at)
      if (end < 0) return at
      at = end
    } else at += 1
  }
  return at
}

/** End of a whole, short, everyday `ESC [ … final` at `start`; -1 = it is something else. */
function cheapCsiEnd(source: Uint8Array, start: number): number {
  if (source[start + 1] !== BRACKET) return -1
  const limit = Math.min(source.length, start + LONGEST)
  let digits = 0
  let at = start + 2
  while (at < limit && isParameter(source[at])) {
    digits = isDigit(source[at]) ? digits + 1 : 0
    if (digits > DIGITS) return -1
    at += 1
  }
  return at < limit && CHEAP[source[at] ?? 0] === 1 ? at + 1 : -1
}

const isParameter = (code = 0): boolean => code >= 0x30 && code <= 0x3f
const isDigit = (code = 0): boolean => code <= 0x39
