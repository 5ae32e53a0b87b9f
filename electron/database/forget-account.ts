import { type Database, transaction } from './open-database.ts'

/** Removes everything that was written down about an account: nobody can sign in to its rows again. */
export function forgetAccount(database: Database, accountId: string): void {
  transaction(database, () => {
    database
      .prepare('DELETE FROM deployment_output WHERE deployment_id IN (SELECT id FROM deployments WHERE account_id = ?)')
      .run(accountId)
    for (const table of ['deployments', 'operations', 'states', 'fleet_snapshot', 'saved_rows'])
      database.prepare(`DELETE FROM ${table} WHERE account_id = ?`).run(accountId)
  })
}
