import { randomInt } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `deployment-<ULID>`, the label flyctl gives when none is asked for. */
export function newLabel(): string {
  let time = Date.now()
  let front = ''
  for (let place = 0; place < 10; place += 1) {
    front = `${ALPHABET[time % 32]}${front}`
    time = Math.floor(time / 32)
  }
  return `deployment-${front}${Array.from({ length: 16 }, () => ALPHABET[randomInt(32)]).join('')}`
}
