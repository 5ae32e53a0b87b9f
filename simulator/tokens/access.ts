import { type Action, ALL, isWithin, READ } from './actions.ts'
import type { AllowedCommand, Caveat, NamedType } from './caveats.ts'

/** One thing done to one thing. What is absent is not touched (macaroon library, access requests). */
export interface Access {
  action: Action
  /** Numbers of organisation and app, as caveats have them. App 0 is one that is not known yet, or all of them. */
  org?: number | undefined
  app?: number | undefined
  machine?: string | undefined
  volume?: string | undefined
  /** A part of the organisation: `wg`, `builder`, `membership`, … */
  feature?: string | undefined
  appFeature?: string | undefined
  machineFeature?: string | undefined
  cluster?: string | undefined
  storageObject?: string | undefined
  mutation?: string | undefined
  command?: string[] | undefined
  sourceMachine?: string | undefined
}

/** `beside` = the caveat speaks of a kind of thing that this access does not touch. */
type Verdict = 'allowed' | 'refused' | 'beside'

const verdict = (allowed: boolean): Verdict => (allowed ? 'allowed' : 'refused')

/** Whether all caveats of one token allow it. */
export const allowsAll = (caveats: readonly Caveat[], access: Access): boolean =>
  access.org !== undefined && caveats.every((caveat) => judge(caveat, access) === 'allowed')

/** Whether a token may be used at all at this time (milliseconds since 1970). */
export const isValidAt = (caveats: readonly Caveat[], now: number): boolean =>
  caveats.every(
    (caveat) =>
      caveat.type !== 'ValidityWindow' || (now >= caveat.notBefore * 1000 && now <= caveat.notAfter * 1000 + 999),
  )

function judge(caveat: Caveat, access: Access): Verdict {
  switch (caveat.type) {
    case 'Organization':
      if (access.org === undefined) return 'beside'
      return verdict((caveat.id === 0 || caveat.id === access.org) && isWithin(access.action, caveat.mask))
    case 'Apps':
      return judgeMasks(caveat.masks, { id: access.app, all: 0, action: access.action })
    case 'StorageObjects':
      return judgePrefixes(caveat.masks, access)
    case 'Volumes':
    case 'Machines':
    case 'FeatureSet':
    case 'MachineFeatureSet':
    case 'AppFeatureSet':
    case 'Clusters':
      return judgeMasks(caveat.masks, { id: namedIn(caveat.type, access), all: '', action: access.action })
    case 'Mutations':
      if (access.mutation === undefined) return 'beside'
      return verdict(caveat.mutations.includes(access.mutation))
    case 'Commands':
      return judgeCommand(caveat.commands, access.command)
    case 'IfPresent':
      return judgeIfPresent(caveat, access)
    case 'Action':
      return verdict(isWithin(access.action, caveat.mask))
    case 'FromMachineSource':
      return verdict(access.sourceMachine === caveat.machine)
    case 'AllowedRoles':
      return verdict((caveat.roles & roleFor(access)) >>> 0 === roleFor(access))
    case 'IsMember':
      return verdict(roleFor(access) === MEMBER)
    // Time was looked at when the token came in; the user is only noted.
    case 'ValidityWindow':
    case 'IsUser':
      return 'allowed'
    case 'Unknown':
      return 'refused'
    default:
      return caveat satisfies never
  }
}

interface Wanted<Id> {
  id: Id | undefined
  /** The id that stands for all. It may not stand beside others. */
  all: Id
  action: Action
}

function judgeMasks<Id>(masks: ReadonlyMap<Id, Action>, { id, all, action }: Wanted<Id>): Verdict {
  if (masks.has(all) && masks.size !== 1) return 'refused'
  if (id === undefined) return 'beside'
  const mask = masks.get(all) ?? masks.get(id)
  return verdict(mask !== undefined && isWithin(action, mask))
}

/** Objects are named by the beginning of their address; of several that fit, all must allow. */
function judgePrefixes(masks: ReadonlyMap<string, Action>, { storageObject, action }: Access): Verdict {
  if (storageObject === undefined) return 'beside'
  const fitting = [...masks].filter(([prefix]) => storageObject.startsWith(prefix))
  return verdict(fitting.length > 0 && fitting.every(([, mask]) => isWithin(action, mask)))
}

function namedIn(type: Exclude<NamedType, 'StorageObjects'>, access: Access): string | undefined {
  const names = {
    Volumes: access.volume,
    Machines: access.machine,
    FeatureSet: access.feature,
    MachineFeatureSet: access.machineFeature,
    AppFeatureSet: access.appFeature,
    Clusters: access.cluster,
  }
  return names[type]
}

function judgeCommand(allowed: AllowedCommand[], command: string[] | undefined): Verdict {
  if (command === undefined) return 'beside'
  const fits = ({ args, exact }: AllowedCommand) =>
    (exact ? args.length === command.length : args.length <= command.length) &&
    args.every((word, at) => word === command[at])
  return verdict(allowed.some(fits))
}

/** All that apply must allow; when none applies, only what `otherwise` says. */
function judgeIfPresent({ ifs, otherwise }: Extract<Caveat, { type: 'IfPresent' }>, access: Access): Verdict {
  const applying = ifs.map((caveat) => judge(caveat, access)).filter((found) => found !== 'beside')
  if (applying.length === 0) return verdict(isWithin(access.action, otherwise))
  return verdict(applying.every((found) => found === 'allowed'))
}

const MEMBER = 1
const ADMIN = 0xffff_ffff

/** What members may do to parts of an organisation; all else takes an administrator (macaroon library). */
const MEMBER_FEATURES = new Map<string, Action>([
  ...['wg', 'domain', 'site', 'builder', 'addon', 'checks', 'litefs-cloud'].map((name) => [name, ALL] as const),
  ...['membership', 'billing', 'authentication'].map((name) => [name, READ] as const),
])

const roleFor = ({ feature, action }: Access) =>
  feature === undefined || isWithin(action, MEMBER_FEATURES.get(feature) ?? 0) ? MEMBER : ADMIN
