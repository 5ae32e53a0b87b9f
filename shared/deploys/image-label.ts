const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const TIME_PLACES = 10
const RANDOM_PLACES = 12

/** A tag nobody has used: `hangar-` and a ULID-like name, so that tags sort by time. `random` gives 0…1. */
export function newImageLabel({ at, random }: { at: number; random: () => number }): string {
  let rest = Math.floor(at)
  let time = ''
  for (let place = 0; place < TIME_PLACES; place += 1) {
    time = `${ALPHABET.charAt(rest % 32)}${time}`
    rest = Math.floor(rest / 32)
  }
  const tail = Array.from({ length: RANDOM_PLACES }, () => ALPHABET.charAt(Math.floor(random() * 32)))
  return `hangar-${time}${tail.join('')}`
}
