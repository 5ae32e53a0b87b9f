import { z } from 'zod'
import type { Action } from './actions.ts'

/** What may be done to each. The empty name, or 0, stands for all of them. */
type Masks<Id extends string | number> = ReadonlyMap<Id, Action>

export interface AllowedCommand {
  args: string[]
  /** Nothing may follow. */
  exact: boolean
}

/** A restriction of a token; names as in Fly's macaroon library. */
export type Caveat =
  | { type: 'Organization'; id: number; mask: Action }
  | { type: 'Apps'; masks: Masks<number> }
  | { type: NamedType; masks: Masks<string> }
  /** Seconds since 1970. */
  | { type: 'ValidityWindow'; notBefore: number; notAfter: number }
  | { type: 'Mutations'; mutations: string[] }
  | { type: 'IfPresent'; ifs: Caveat[]; otherwise: Action }
  | { type: 'Action'; mask: Action }
  | { type: 'Commands'; commands: AllowedCommand[] }
  | { type: 'FromMachineSource'; machine: string }
  | { type: 'AllowedRoles'; roles: number }
  | { type: 'IsMember' }
  | { type: 'IsUser'; user: number }
  /** A third party's, or one not known here: it allows nothing. */
  | { type: 'Unknown'; number: number }

export type NamedType =
  | 'Volumes'
  | 'Machines'
  | 'FeatureSet'
  | 'MachineFeatureSet'
  | 'AppFeatureSet'
  | 'Clusters'
  | 'StorageObjects'

/** The numbers that stand for the types in a token (macaroon library). */
export const NUMBERS = {
  Organization: 0,
  Volumes: 2,
  Apps: 3,
  ValidityWindow: 4,
  FeatureSet: 5,
  Mutations: 6,
  Machines: 7,
  IsUser: 10,
  IfPresent: 13,
  MachineFeatureSet: 14,
  FromMachineSource: 15,
  Clusters: 16,
  IsMember: 22,
  Action: 26,
  Commands: 27,
  AppFeatureSet: 28,
  StorageObjects: 29,
  AllowedRoles: 30,
} as const

const Mask = z.int().nonnegative()
const Words = z
  .array(z.string())
  .nullable()
  .transform((words) => words ?? [])
const Command = z.tuple([Words, z.boolean()]).transform(([args, exact]) => ({ args, exact }))

const named = (type: NamedType): z.ZodType<Caveat> =>
  z.tuple([z.map(z.string(), Mask)]).transform(([masks]) => ({ type, masks }))

/** Bodies as MessagePack has them: the fields in their order. */
const BODIES = new Map<number, z.ZodType<Caveat>>([
  [NUMBERS.Organization, z.tuple([z.int(), Mask]).transform(([id, mask]) => ({ type: 'Organization', id, mask }))],
  [NUMBERS.Apps, z.tuple([z.map(z.int(), Mask)]).transform(([masks]) => ({ type: 'Apps', masks }))],
  [NUMBERS.Volumes, named('Volumes')],
  [NUMBERS.Machines, named('Machines')],
  [NUMBERS.FeatureSet, named('FeatureSet')],
  [NUMBERS.MachineFeatureSet, named('MachineFeatureSet')],
  [NUMBERS.AppFeatureSet, named('AppFeatureSet')],
  [NUMBERS.Clusters, named('Clusters')],
  [NUMBERS.StorageObjects, named('StorageObjects')],
  [
    NUMBERS.ValidityWindow,
    z.tuple([z.int(), z.int()]).transform(([notBefore, notAfter]) => ({ type: 'ValidityWindow', notBefore, notAfter })),
  ],
  [NUMBERS.Mutations, z.tuple([Words]).transform(([mutations]) => ({ type: 'Mutations', mutations }))],
  [
    NUMBERS.IfPresent,
    z
      .tuple([z.array(z.unknown()), Mask])
      .transform(([ifs, otherwise]) => ({ type: 'IfPresent', ifs: readPairs(ifs), otherwise })),
  ],
  [NUMBERS.Action, Mask.transform((mask) => ({ type: 'Action', mask }))],
  [
    NUMBERS.Commands,
    z
      .array(Command)
      .nullable()
      .transform((commands) => ({ type: 'Commands', commands: commands ?? [] })),
  ],
  [NUMBERS.FromMachineSource, z.tuple([z.string()]).transform(([machine]) => ({ type: 'FromMachineSource', machine }))],
  [NUMBERS.AllowedRoles, Mask.transform((roles) => ({ type: 'AllowedRoles', roles }))],
  [NUMBERS.IsMember, z.unknown().transform(() => ({ type: 'IsMember' }))],
  [NUMBERS.IsUser, z.tuple([z.int()]).transform(([user]) => ({ type: 'IsUser', user }))],
])

/** A caveat of a token. One that cannot be read restricts as much as one that is not known. */
export function readCaveat(number: number, body: unknown): Caveat {
  const read = BODIES.get(number)?.safeParse(body)
  return read?.success ? read.data : { type: 'Unknown', number }
}

/** Inside `IfPresent`, types and bodies take turns. */
function readPairs(items: unknown[]): Caveat[] {
  return items.flatMap((number, at) =>
    at % 2 === 0 ? [readCaveat(typeof number === 'number' ? number : -1, items[at + 1])] : [],
  )
}
