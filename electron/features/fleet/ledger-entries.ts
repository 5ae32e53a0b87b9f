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

/** What the events of a machine tell about states it was in. */
export function entriesOfEvents(machine: FlyMachine, org: string): LedgerEntry[] {
  const { id, app, region, image, config, events } = machine
  return events.flatMap(({ type, status, at, exit }) => {
    const state = STATE_AFTER[`${type}:${status}`]
    // A process that Fly restarts at once leaves the machine started.
    if (state === undefined || exit?.restarting) return []
    const digest = image?.digest
    return [{ machineId: id, at, app, org, state, digest, region, guest: config?.guest, how: 'event' as const }]
  })
}
