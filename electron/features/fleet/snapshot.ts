import { z } from 'zod'
import { type Database, transaction } from '#electron/database/open-database.ts'
import type { FlyApp } from '#electron/fly/apps.ts'
import { KnownApp, KnownMachine, KnownVolume } from './known-schema.ts'
import type { FleetChanges, Picture } from './picture.ts'
import type { RowChanges } from './row-table.ts'

export interface SavedFleet {
  machines: KnownMachine[]
  volumes: KnownVolume[]
  apps: FlyApp[]
}

export interface Snapshot {
  load(accountId: string): SavedFleet
  /** Writes what changed, and only that. */
  save(accountId: string, picture: Picture, changes: FleetChanges): void
}

interface Saved {
  id: string
  value: object | undefined
}

const Row = z.object({ value: z.string() })

/** The picture of the last run, painted before the network has answered. */
export function createSnapshot(database: Database): Snapshot {
  const select = database.prepare('SELECT value FROM fleet_snapshot WHERE account_id = ? AND kind = ?')
  const put = database.prepare('INSERT OR REPLACE INTO fleet_snapshot VALUES (?, ?, ?, ?)')
  const remove = database.prepare('DELETE FROM fleet_snapshot WHERE account_id = ? AND kind = ? AND id = ?')

  /** Lines that this version cannot read are left out: the network will bring them again. */
  function read<T>(accountId: string, kind: string, schema: z.ZodType<T>): T[] {
    return Row.array()
      .parse(select.all(accountId, kind))
      .flatMap(({ value }) => schema.safeParse(JSON.parse(value)).data ?? [])
  }

  return {
    load: (accountId) => ({
      machines: read(accountId, 'machine', KnownMachine),
      volumes: read(accountId, 'volume', KnownVolume),
      apps: read(accountId, 'app', KnownApp),
    }),
    save(accountId, picture, { machines, volumes, apps }) {
      const write = <R>(kind: string, { put: rows, remove: gone }: RowChanges<R>, savedOf: (row: R) => Saved) => {
        for (const { id, value } of rows.map(savedOf)) {
          if (value) put.run(accountId, kind, id, JSON.stringify(value))
        }
        for (const id of gone) remove.run(accountId, kind, id)
      }
      transaction(database, () => {
        write('machine', machines, ({ id }) => ({ id, value: picture.machine(id) }))
        write('volume', volumes, ({ id }) => ({ id, value: picture.volume(id) }))
        write('app', apps, ({ name }) => ({ id: name, value: picture.app(name) }))
      })
    },
  }
}
