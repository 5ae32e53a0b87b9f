import { type FleetReader, inGroups } from './fleet-reader.ts'
import type { KnownMachine } from './known-schema.ts'
import type { OrgReader } from './org-reader.ts'
import type { Picture } from './picture.ts'
import { dueParts, type OrgPoll, type RoundResult } from './poll-state.ts'
import { appsToSweep, machinesToRead } from './sweep.ts'

export interface Round {
  picture: Picture
  reader: FleetReader
  lists: OrgReader
  polls: readonly OrgPoll[]
  /** When each app was last read in full. */
  sweptAt: Map<string, number>
  /** Machines somebody has just changed. */
  hinted: ReadonlyMap<string, { app: string; id: string }>
  /** True for an account that may not list its organization, only its apps. */
  byApp: boolean
  now: () => number
  signal: AbortSignal
}

export interface RoundReport extends RoundResult {
  lagMs?: number | undefined
}

/** One look at everything that is due. What fails does not keep the rest from being seen. */
export async function lookAround(round: Round): Promise<RoundReport> {
  // What somebody has just changed does not wait for lists that lag anyway.
  const hinted = Promise.allSettled(hintedReads(round))
  const lists = round.byApp ? appLists(round) : round.polls.flatMap((poll) => orgLists(round, poll))
  const results = await Promise.allSettled(lists)
  const lag = results.flatMap((result) => (result.status === 'fulfilled' ? (result.value ?? []) : []))
  const worked = results.some(({ status }) => status === 'fulfilled')
  const details = worked ? await Promise.allSettled(detailReads(round)) : []
  const all = [...results, ...details, ...(await hinted)]
  return {
    succeeded: all.filter(({ status }) => status === 'fulfilled').length,
    errors: all.flatMap((result) => (result.status === 'rejected' ? [result.reason] : [])),
    lagMs: lag.length > 0 ? Math.max(...lag) : undefined,
  }
}

function hintedReads({ reader, hinted, signal }: Round): Promise<void>[] {
  return [...hinted.values()].map((target) => reader.machine({ ...target, signal }))
}

function orgLists({ lists, now, signal }: Round, poll: OrgPoll): Promise<number | undefined>[] {
  const due = dueParts(poll, now())
  return [
    lists.machines(poll, { full: due.machinesFull, signal }),
    ...(due.volumes ? [lists.volumes(poll, { full: due.volumesFull, signal })] : []),
    ...(due.apps ? [lists.apps(poll, signal)] : []),
  ]
}

function appLists({ reader, polls, signal }: Round): Promise<undefined>[] {
  const org = polls[0]?.org ?? ''
  const read = async () => {
    const apps = await reader.appsByName(org, signal)
    await inGroups(apps, async ({ name }) => {
      await reader.machinesOfApp({ name, org, signal })
      await reader.volumesOfApp({ name, org, signal })
    })
    return undefined
  }
  return [read()]
}

function detailReads(round: Round): Promise<unknown>[] {
  const { picture, reader, sweptAt, hinted, byApp, now, signal } = round
  const known = picture.rows().machines.flatMap(({ id }) => picture.machine(id) ?? [])
  const single = machinesToRead(known).filter(({ id }) => !hinted.has(id))
  const machines = single.map((target) => reader.machine({ ...target, signal }))
  if (byApp) return machines
  const machinesOf = Map.groupBy(known, ({ core }: KnownMachine) => core.value.app)
  const apps = appsToSweep({ machinesOf, sweptAt, now: now() }).map((name) => {
    sweptAt.set(name, now())
    const org = machinesOf.get(name)?.[0]?.core.value.org ?? ''
    return reader.machinesOfApp({ name, org, signal })
  })
  return [...machines, ...apps]
}
