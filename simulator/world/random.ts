/** A small seeded generator (mulberry32): same seed, same sequence, on every computer. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number
  /** Both ends included. */
  int(from: number, to: number): number
  /** One of a list that is not empty. */
  pick<T>(items: readonly T[]): T
  hex(length: number): string
  text(alphabet: string, length: number): string
}

/** FNV-1a, 32 bits: turns a name into a seed. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) {
    value ^= text.charCodeAt(at)
    value = Math.imul(value, 0x01000193)
  }
  return value >>> 0
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const text = (alphabet: string, length: number) => {
    let made = ''
    while (made.length < length) made += alphabet.charAt(int(0, alphabet.length - 1))
    return made
  }
  // Seven digits a draw: digests are long, and a fleet of 10,000 has 60,000 of them.
  const hex = (length: number) => {
    let made = ''
    while (made.length < length) made += int(0, 0xfffffff).toString(16).padStart(7, '0')
    return made.slice(0, length)
  }
  return {
    next,
    int,
    text,
    pick: (items) => {
      const [item] = items.slice(int(0, items.length - 1))
      if (item === undefined) throw new Error('Cannot pick from an empty list.')
      return item
    },
    hex,
  }
}
