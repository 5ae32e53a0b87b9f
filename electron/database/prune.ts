import { type Database, transaction } from './open-database.ts'

const DAY = 24 * 3_600_000
/** A year and a month: the same month a year ago can still be compared. */
const KEEP_MS = 400 * DAY
/** Deployments whose output stays: weeks of daily deploys, and output is what takes room. */
const KEEP_OUTPUTS = 200

/** Removes what has grown old. Of each machine the last state stays, however old: it is what it is in. */
export function prune(database: Database, now: number): void {
  const before = now - KEEP_MS
  transaction(database, () => {
    database
      .prepare(`DELETE FROM states WHERE at < :before AND EXISTS (SELECT 1 FROM states AS later
        WHERE later.account_id = states.account_id AND later.machine_id = states.machine_id
        AND later.at > states.at AND later.at < :before)`)
      .run({ before })
    database
      .prepare(
        "DELETE FROM operation_items WHERE operation_id IN (SELECT id FROM operations WHERE started_at < ? AND status <> 'running')",
      )
      .run(before)
    database.prepare("DELETE FROM operations WHERE started_at < ? AND status <> 'running'").run(before)
    database.prepare('DELETE FROM deployments WHERE started_at < ?').run(before)
    database
      .prepare(`DELETE FROM deployment_output WHERE deployment_id NOT IN
        (SELECT id FROM deployments ORDER BY started_at DESC LIMIT ?)`)
      .run(KEEP_OUTPUTS)
  })
}
