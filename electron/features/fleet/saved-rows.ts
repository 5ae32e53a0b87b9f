import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Database } from '#electron/database/open-database.ts'
import { AppRow, MachineRow, VolumeRow } from '#shared/contracts/fleet.ts'
import type { Rows } from './picture.ts'

export type SavedRows = ReturnType<typeof createSavedRows>

/** What rows look like in this version: those of a version with other columns are not for this one. */
const SHAPE = createHash('sha256')
  .update(JSON.stringify(z.toJSONSchema(z.tuple([AppRow, MachineRow, VolumeRow]))))
  .digest('hex')

// Their shape is known, so only keys are looked at: a full look at ten thousand rows would hold up the start.
const rowsWith = <Row>(key: keyof Row) =>
  z.array(z.custom<Row>((row) => typeof row === 'object' && row !== null && key in row))

const StoredRows = z.object({
  apps: rowsWith<AppRow>('name'),
  machines: rowsWith<MachineRow>('id'),
  volumes: rowsWith<VolumeRow>('id'),
})

/** The finished rows of the last run in one piece: the page has them long before the picture is whole. */
export function createSavedRows(database: Database) {
  const Stored = z.object({ value: z.string() })
  const select = database.prepare('SELECT value FROM saved_rows WHERE account_id = ? AND shape = ?')
  const put = database.prepare('INSERT OR REPLACE INTO saved_rows VALUES (?, ?, ?)')
  return {
    /** Undefined where nothing was saved, or by a version with other rows. Throws when it cannot be read. */
    load(accountId: string): Rows | undefined {
      const stored = Stored.optional().parse(select.get(accountId, SHAPE))
      return stored && StoredRows.parse(JSON.parse(stored.value))
    },
    /** `value` is the JSON of all rows. */
    save: (accountId: string, value: string) => void put.run(accountId, SHAPE, value),
  }
}
