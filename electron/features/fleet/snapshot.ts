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
  /** A part at a time, the first with all apps: reading ten thousand machines is not for one turn. */
  load(accountId: string): Iterable<SavedFleet>
  /** Writes what changed, and only that. */
  save(accountId: string, picture: Picture, changes: FleetChanges): void
}

interface Saved {
  id: string
  value: object | undefined
}

interface PartOptions<T> {
  account: string
  kind: string
  schema: z.ZodType<T>
  /** The line the part before ended with; undefined = it was the last. */
  after: string | undefined
}

interface ReadOptions<T> extends PartOptions<T> {
  after: string
  /** -1 = all. */
  limit: number
}

interface Read<T> {
  values: T[]
  /** Where the next part begins, unless this was the last. */
  last?: string | undefined
}

const Row = z.object({ id: z.string(), value: z.string() })

/** Machines and volumes of one part. */
const PART = 500

/** The picture of the last run, painted before the network has answered. */
export function createSnapshot(database: Database): Snapshot {
  const select = database.prepare(
    'SELECT id, value FROM fleet_snapshot WHERE account_id = ? AND kind = ? AND id > ? ORDER BY id LIMIT ?',
  )
  const put = database.prepare('INSERT OR REPLACE INTO fleet_snapshot VALUES (?, ?, ?, ?)')
  const remove = database.prepare('DELETE FROM fleet_snapshot WHERE account_id = ? AND kind = ? AND id = ?')

  /** Lines that this version cannot read are left out: the network will bring them again. */
  function read<T>({ account, kind, schema, after, limit }: ReadOptions<T>): Read<T> {
    const rows = Row.array().parse(select.all(account, kind, after, limit))
    const values = rows.flatMap(({ value }) => schema.safeParse(JSON.parse(value)).data ?? [])
    return { values, last: rows.length === limit ? rows.at(-1)?.id : undefined }
  }

  function readPart<T>({ after, ...options }: PartOptions<T>): Read<T> {
    return after === undefined ? { values: [] } : read({ ...options, after, limit: PART })
  }

  return {
    *load(account) {
      const apps = read({ account, kind: 'app', schema: KnownApp, after: '', limit: -1 })
      let machinesAfter: string | undefined = ''
      let volumesAfter: string | undefined = ''
      do {
        const machines: Read<KnownMachine> = readPart({
          account,
          kind: 'machine',
          schema: KnownMachine,
          after: machinesAfter,
        })
        const volumes: Read<KnownVolume> = readPart({
          account,
          kind: 'volume',
          schema: KnownVolume,
          after: volumesAfter,
        })
        yield { machines: machines.values, volumes: volumes.values, apps: apps.values.splice(0) }
        machinesAfter = machines.last
        volumesAfter = volumes.last
      } while (machinesAfter !== undefined || volumesAfter !== undefined)
    },
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
