import type { LedgerEntry } from '#electron/database/state-ledger.ts'
import type { FlyMachine } from '#electron/fly/machine-schema.ts'
import type { KnownMachine } from './known-schema.ts'

/** The state a machine is in, as a line of the ledger. */
export function entryOf({ id, core, config, details, since }: KnownMachine): LedgerEntry {
  const { app, org, region, state } = core.value
  return {
    machineId: id,
    at: since.at,
    app,
    org,
    state,
    digest: details?.value.image?.digest,
    region,
    guest: config?.value.guest,
    how: since.exact ? 'event' : 'list',
  }
}

/** States that events tell of, by what they say happened. Hangar learns of hours before it was started from them. */
const STATE_AFTER: Readonly<Record<string, string>> = {
  'start:started': 'started',
  'resume:started': 'started',
  'exit:stopped': 'stopped',
  'stop:stopped': 'stopped',
  'suspend:suspended': 'suspended',
  'destroy:destroyed': 'destroyed',
}

interface History {
  machine: FlyMachine
  org: string
  /** Older states than the one entered last before this moment are of no use. */
  from: number
}

/** What the events of a machine tell about states it was in since a moment, and the one it was in then. */
export function entriesOfEvents({ machine, org, from }: History): LedgerEntry[] {
  const { id, app, region, image, config } = machine
  const events = stateEvents(machine)
  const before = events.findIndex(({ at }) => at <= from)
  const wanted = before === -1 ? events : events.slice(0, before + 1)
  const fixed = { machineId: id, app, org, region, digest: image?.digest, guest: config?.guest }
  return wanted.map(({ at, state }) => ({ ...fixed, at, state, how: 'event' }))
}

/** Newest first, as Fly lists them. */
function stateEvents({ events }: FlyMachine): { at: number; state: string }[] {
  return events.flatMap(({ type, status, at, exit }) => {
    const state = STATE_AFTER[`${type}:${status}`]
    // A process that Fly restarts at once leaves the machine started.
    return state === undefined || exit?.restarting ? [] : [{ at, state }]
  })
}
