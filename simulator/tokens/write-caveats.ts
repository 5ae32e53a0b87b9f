import type { Action } from './actions.ts'
import { type AllowedCommand, NUMBERS } from './caveats.ts'
import { type PackedCaveat, packCaveat } from './macaroon.ts'

export const organization = (id: number, mask: Action) => packCaveat(NUMBERS.Organization, [id, mask])
export const apps = (masks: Map<number, Action>) => packCaveat(NUMBERS.Apps, [new Map(masks)])
export const features = (masks: Map<string, Action>) => packCaveat(NUMBERS.FeatureSet, [new Map(masks)])
export const clusters = (masks: Map<string, Action>) => packCaveat(NUMBERS.Clusters, [new Map(masks)])
export const mutations = (names: string[]) => packCaveat(NUMBERS.Mutations, [names])
export const onlyAction = (mask: Action) => packCaveat(NUMBERS.Action, mask)
/** Not the rights of an administrator. The docs call it `NoAdminFeatures`. */
export const isMember = packCaveat(NUMBERS.IsMember, [])
export const commands = (allowed: AllowedCommand[]) =>
  packCaveat(
    NUMBERS.Commands,
    allowed.map(({ args, exact }) => [args, exact]),
  )
/** Milliseconds since 1970 go in, seconds are written. */
export const validity = (from: number, until: number) =>
  packCaveat(NUMBERS.ValidityWindow, [Math.floor(from / 1000), Math.floor(until / 1000)])
export const ifPresent = (ifs: PackedCaveat[], otherwise: Action) =>
  packCaveat(NUMBERS.IfPresent, [ifs.flatMap(({ type, body }) => [type, body]), otherwise])
