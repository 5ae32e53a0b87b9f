import { READ } from '../../tokens/actions.ts'
import { NUMBERS, readCaveat } from '../../tokens/caveats.ts'
import { narrow, type PackedCaveat, readMacaroon, writeMacaroon } from '../../tokens/macaroon.ts'
import { commands, mutations, onlyAction, organization } from '../../tokens/write-caveats.ts'
import { FlyctlError } from '../failure.ts'

/** `FlyV1 fm2_…,fm2_…`: the permission token stands first. */
const SCHEME = 'FlyV1 '

/** One token becomes as many as there are restrictions, each signed under its own; whoever holds them all may do what any allows. */
function narrowed(header: string, restrictions: readonly (readonly PackedCaveat[])[]): string {
  const [permission = '', ...discharges] = header.slice(SCHEME.length).split(',')
  const macaroon = readMacaroon(permission)
  if (!macaroon) throw new FlyctlError('failed parsing token from API: no permission token')
  const written = restrictions.map((caveats) => writeMacaroon(narrow(macaroon, [...caveats])))
  return `${SCHEME}${[...written, ...discharges].join(',')}`
}

/** Of its one organization only the reading is left. */
export function toReading(header: string): string {
  const caveats = readMacaroon(header.slice(SCHEME.length).split(',')[0] ?? '')?.caveats ?? []
  const read = caveats
    .filter(({ type }) => type === NUMBERS.Organization)
    .map(({ type, body }) => readCaveat(type, body))
  const [found, ...more] = read.flatMap((caveat) => (caveat.type === 'Organization' ? [caveat.id] : []))
  if (found === undefined) throw new FlyctlError('no org caveats')
  if (more.length > 0) throw new FlyctlError('multiple org caveats')
  return narrowed(header, [[organization(found, READ)]])
}

/** One that reads, and one that may do what a console needs. */
export const toConsole = (header: string): string =>
  narrowed(header, [[onlyAction(READ)], [mutations(['issueCertificate', 'addWireGuardPeer'])]])

export const toCommands = (header: string, allowed: Parameters<typeof commands>[0]): string =>
  narrowed(header, [[commands(allowed)]])
