import type { Random } from './random.ts'

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** ULID: 10 characters of milliseconds, 16 of chance. Versions, events and image tags carry one. */
export function ulid(random: Random, time: number): string {
  let rest = Math.floor(time)
  let front = ''
  for (let at = 0; at < 10; at += 1) {
    front = CROCKFORD.charAt(rest % 32) + front
    rest = Math.floor(rest / 32)
  }
  return front + random.text(CROCKFORD, 16)
}

/** 14 hex digits beginning like the ones Fly hands out. */
export const machineId = (random: Random) =>
  random.pick(['2865', '3287', '4d89', '5683', '6e82', '7811', '9080', '148e', 'd891', 'e784']) + random.hex(10)

export const volumeId = (random: Random) => `vol_${random.text('0123456789abcdefghjklmnpqrstvwxyz', 16)}`
export const snapshotId = (random: Random) => `vs_${random.text('0123456789abcdefghjklmnpqrstvwxyzABCDEFGH', 16)}`
export const digest = (random: Random) => `sha256:${random.hex(64)}`

const FIRST = [
  'icy',
  'old',
  'falling',
  'winter',
  'still',
  'cool',
  'lively',
  'misty',
  'quiet',
  'dark',
  'small',
  'bold',
] as const
const SECOND = [
  'fog',
  'snow',
  'pine',
  'sky',
  'brook',
  'river',
  'moon',
  'meadow',
  'leaf',
  'dawn',
  'shape',
  'glade',
] as const

/** A machine name of the kind Fly makes up: `icy-fog-1500`. */
export const machineName = (random: Random) => `${random.pick(FIRST)}-${random.pick(SECOND)}-${random.int(1000, 9999)}`

/** A 6PN address in a network, given by its first 48 bits. */
export const privateIp = (random: Random, network: string) =>
  `${network}:a7b:${random.hex(4)}:${random.hex(4)}:${random.hex(4)}:2`
