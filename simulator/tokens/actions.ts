/** What is done to a thing, as a set of bits: several may be asked for at once (macaroon library). */
export type Action = number

const LETTERS = 'rwcdC'
export const READ: Action = 1
export const WRITE: Action = 2
export const CREATE: Action = 4
export const DELETE: Action = 8
/** Starting, stopping, signalling: changing what a machine does and not what it is. */
export const CONTROL: Action = 16
export const ALL: Action = 31
/** What Go's library writes for `*`. */
export const EVERYTHING: Action = 0xffff

/** `rw` and the like; `*` is everything. Letters that say nothing are passed over, as Fly's library does. */
export const readAction = (letters: string): Action =>
  letters === '*'
    ? EVERYTHING
    : [...LETTERS].reduce((set, letter, bit) => set | (letters.includes(letter) ? 1 << bit : 0), 0)

export const writeAction = (action: Action): string =>
  [...LETTERS].filter((_letter, bit) => (action & (1 << bit)) !== 0).join('')

export const isWithin = (wanted: Action, allowed: Action) => (wanted & allowed) === wanted
