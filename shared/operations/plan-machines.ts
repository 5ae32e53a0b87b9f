import type { AppRow, MachineRow, VolumeRow } from '../contracts/fleet.ts'
import type { Change, Plan } from '../contracts/operations.ts'
import { type MachineVerb, whyNot } from '../machines/machine-verbs.ts'
import { monthPrice, stoppedMonthPrice } from '../pricing/machine-price.ts'
import { type Dollars, difference, formatDollars, isMore, sumOf, times, ZERO } from '../pricing/money.ts'
import { count, titleOf } from './wording.ts'

export interface FleetRows {
  apps: readonly AppRow[]
  machines: readonly MachineRow[]
  volumes: readonly VolumeRow[]
}

export type MachineChange = Extract<Change, { machines: unknown }>
type Consequence = Plan['consequences'][number]

interface Chosen {
  /** Machines it will be done to. */
  machines: readonly MachineRow[]
  /** Volumes that belong to them. */
  volumes: readonly VolumeRow[]
}

/** What a verb would do to some machines, item by item, in words and money. */
export function planMachines(change: MachineChange, fleet: FleetRows, protectedAccount: boolean): Plan {
  const byId = new Map(fleet.machines.map((row) => [row.id, row]))
  const items = change.machines.map(({ app, id }) => itemOf(change.kind, { app, id, row: byId.get(id) }))
  const eligible = new Set(items.filter(({ skipped }) => !skipped).map(({ machineId }) => machineId))
  const machines = fleet.machines.filter(({ id }) => eligible.has(id))
  const volumes = fleet.volumes.filter(({ attachedMachineId }) => eligible.has(attachedMachineId ?? ''))
  const chosen = { machines, volumes }
  const monthDelta = deltaOf(change, chosen)
  const done = items.filter(({ skipped }) => !skipped)
  const title = titleOf(change.kind, done.length > 0 ? done : items)
  const asks = machines.length > 0 && (change.kind === 'destroy' || protectedAccount)
  return {
    title,
    items,
    consequences: machines.length === 0 ? [] : consequencesOf(change, { ...chosen, monthDelta, fleet }),
    monthDelta,
    ...(asks ? { typeToConfirm: phraseOf(change.kind, machines, fleet.apps) } : {}),
  }
}

interface Candidate {
  app: string
  id: string
  row: MachineRow | undefined
}

function itemOf(verb: MachineVerb, { app, id, row }: Candidate): Plan['items'][number] {
  const skipped = row ? whyNot(verb, row) : 'no longer there'
  return { app, machineId: id, label: row?.userId ?? row?.name ?? id, ...(skipped ? { skipped } : {}) }
}

/** One machine is named by its name, one workspace by its app where that is its own; many by their number. */
function phraseOf(verb: MachineVerb, machines: readonly MachineRow[], apps: readonly AppRow[]): string {
  const [only] = machines
  if (machines.length === 1 && only) {
    const ownApp = apps.some(({ name, layout }) => name === only.app && layout === 'workspace')
    return ownApp ? only.app : only.name
  }
  return `${verb} ${machines.length} machines`
}

function deltaOf(change: MachineChange, { machines, volumes }: Chosen): Dollars {
  const before = sumOf(machines.map(({ monthEstimate }) => monthEstimate))
  const after = sumOf(machines.map((row) => monthAfter(change.kind, row)))
  const lost = change.kind === 'destroy' && change.withVolumes ? volumesMonth(volumes) : ZERO
  return difference(difference(after, before), lost)
}

function monthAfter(verb: MachineVerb, { guest, region, monthEstimate }: MachineRow): Dollars {
  if (verb === 'destroy') return ZERO
  if (verb === 'stop' || verb === 'suspend') return stoppedMonthPrice()
  if (verb === 'start') return guest ? monthPrice({ guest, region }) : ZERO
  return monthEstimate
}

const volumesMonth = (volumes: readonly VolumeRow[]) => sumOf(volumes.map(({ monthEstimate }) => monthEstimate))

interface Context extends Chosen {
  monthDelta: Dollars
  fleet: FleetRows
}

function consequencesOf(change: MachineChange, context: Context): Consequence[] {
  const own = change.kind === 'destroy' ? ofDestroy(change.withVolumes, context) : CONSEQUENCES[change.kind](context)
  const empties = change.kind === 'start' || change.kind === 'restart' ? [] : appsLeftEmpty(context)
  return [...own, ...empties]
}

const CONSEQUENCES: Record<Exclude<MachineVerb, 'destroy'>, (context: Context) => Consequence[]> = {
  start: ({ machines, monthDelta }) => [
    { tone: 'busy', text: `${count(machines.length, 'machine')} will run and be charged by the second.` },
    {
      tone: 'off',
      text: `${formatDollars(sumOf(machines.map(({ hourEstimate }) => hourEstimate)))} an hour, estimate.`,
      detail: `${formatDollars(monthDelta)} more a month if nothing stops ${machines.length === 1 ? 'it' : 'them'}.`,
    },
  ],
  stop: (context) => [
    { tone: 'warn', text: 'Processes are told to end, and whoever is connected loses the connection.' },
    ...resting(context),
  ],
  suspend: (context) => [
    { tone: 'warn', text: 'Whoever is connected loses the connection.' },
    { tone: 'off', text: 'Memory is kept, so that they go on where they were. Fly may drop it and start cold.' },
    ...resting(context),
  ],
  restart: () => [
    { tone: 'warn', text: 'Processes end and begin again; whoever is connected loses the connection for a moment.' },
    { tone: 'off', text: 'Files outside volumes are as in the image again.' },
  ],
}

function resting({ machines, volumes, monthDelta }: Context): Consequence[] {
  const still = sumOf([times(stoppedMonthPrice(), machines.length), volumesMonth(volumes)])
  const detail = `Root file systems and volumes cost ${formatDollars(still)} a month meanwhile.`
  const saved = difference(ZERO, monthDelta)
  const money: Consequence = isMore(saved)
    ? { tone: 'ok', text: `Saves ${formatDollars(saved)} a month, estimate, while that lasts.`, detail }
    : { tone: 'off', text: 'Saves nothing.', detail }
  return [money, { tone: 'off', text: 'A request to a service with autostart starts its machine again.' }]
}

function ofDestroy(withVolumes: boolean, { machines, volumes, monthDelta }: Context): Consequence[] {
  const size = volumes.reduce((sum, { sizeGb }) => sum + sizeGb, 0)
  const kept = `${count(volumes.length, 'volume')} of ${size} GB`
  return [
    {
      tone: 'bad',
      text: `${count(machines.length, 'machine')} and what is in ${machines.length === 1 ? 'its root file system' : 'their root file systems'} will be gone for good.`,
    },
    ...(volumes.length === 0 ? [] : [volumeConsequence(withVolumes, kept, volumes)]),
    savings(monthDelta),
  ]
}

function savings(monthDelta: Dollars): Consequence {
  const saved = difference(ZERO, monthDelta)
  return isMore(saved)
    ? { tone: 'ok', text: `Saves ${formatDollars(saved)} a month, estimate.` }
    : { tone: 'off', text: 'Saves nothing.' }
}

function volumeConsequence(withVolumes: boolean, kept: string, volumes: readonly VolumeRow[]): Consequence {
  if (withVolumes) {
    return {
      tone: 'bad',
      text: `${kept} and all files on it will be deleted.`,
      detail: 'Fly keeps a deleted volume for a day, free of charge; its snapshots last as long as they were set to.',
    }
  }
  return {
    tone: 'warn',
    text: `${kept} ${volumes.length === 1 ? 'stays, belongs to no machine, and costs' : 'stay, belong to no machine, and cost'} ${formatDollars(volumesMonth(volumes))} a month.`,
  }
}

/** So many are told by name. */
const NAMED_APPS = 3

/** Apps that serve people and would be left without a started machine. */
function appsLeftEmpty({ machines, fleet }: Context): Consequence[] {
  const taken = new Set(machines.map(({ id }) => id))
  const services = machines.filter(({ role, state }) => role === 'service' && state === 'started')
  const apps = [...new Set(services.map(({ app }) => app))].filter(
    (app) => !fleet.machines.some((row) => row.app === app && row.state === 'started' && !taken.has(row.id)),
  )
  const named = apps.length > NAMED_APPS + 1 ? apps.slice(0, NAMED_APPS) : apps
  const more = apps.length - named.length
  return [
    ...named.map((app) => ({
      tone: 'bad' as const,
      text: `${app} has no other started machine: it will not answer until one starts.`,
    })),
    ...(more === 0 ? [] : [{ tone: 'bad' as const, text: `The same goes for ${count(more, 'other app')}.` }]),
  ]
}
