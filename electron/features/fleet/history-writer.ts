import type { StateLedger } from '#electron/database/state-ledger.ts'
import type { FlyMachine } from '#electron/fly/machine-schema.ts'
import { monthOf } from '#shared/pricing/month-to-date.ts'
import { entriesOfEvents, entryOf } from './ledger-entries.ts'
import type { FleetChanges, Picture } from './picture.ts'

interface HistoryOptions {
  accountId: string
  picture: Picture
  ledger: StateLedger
  now: () => number
}

interface Heard {
  /** Told in full, with their events. */
  machines: readonly FlyMachine[]
  org: string
  changes: FleetChanges
}

/** Keeps in the ledger which states machines were in: from their events, and from what they are seen to be. */
export function createHistoryWriter({ accountId, picture, ledger, now }: HistoryOptions) {
  const newestEvent = new Map<string, string>()

  function isNews({ id, events }: FlyMachine): boolean {
    const newest = events[0]?.id
    if (newest === undefined || newestEvent.get(id) === newest) return false
    newestEvent.set(id, newest)
    return true
  }

  return {
    record({ machines, org, changes }: Heard) {
      const { from } = monthOf(now())
      const told = machines.filter(isNews).flatMap((machine) => entriesOfEvents({ machine, org, from }))
      const moved = [...changes.machines.put.map(({ id }) => id), ...changes.machines.remove]
      const seen = moved.flatMap((id) => picture.machine(id) ?? []).map(entryOf)
      ledger.record(accountId, [...told, ...seen])
    },
  }
}
