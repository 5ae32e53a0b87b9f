import { z } from 'zod'
import { type Database, transaction } from '#electron/database/open-database.ts'
import { Deployment, type OutputLine } from '#shared/contracts/deploys.ts'

export interface DeploymentStore {
  save(accountId: string, deployment: Deployment): void
  /** Adds lines behind those that are kept, together with the deployment they belong to. */
  append(entry: { accountId: string; deployment: Deployment; firstSeq: number; lines: readonly OutputLine[] }): void
  get(accountId: string, id: string): Deployment | undefined
  /** Newest first. */
  list(accountId: string): Deployment[]
  /** Lines from `fromSeq` on, at most one page. */
  output(id: string, fromSeq: number): OutputLine[]
  /** Those that were running when Hangar last ended. */
  unfinished(): { accountId: string; deployment: Deployment }[]
}

/** What the history shows. */
const LISTED = 100
/** Lines per message to the page: some 50 kB. */
export const OUTPUT_PAGE = 500

const ValueRow = z.object({ value: z.string() })
const OwnedRow = ValueRow.extend({ account_id: z.string() })
const LineRow = z.object({ at: z.int(), stream: z.enum(['stdout', 'stderr']), text: z.string() })

const read = (row: unknown): Deployment => Deployment.parse(JSON.parse(ValueRow.parse(row).value))

export function createDeploymentStore(database: Database): DeploymentStore {
  const upsert = database.prepare(
    `INSERT INTO deployments (id, account_id, app, started_at, status, value) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status, value = excluded.value`,
  )
  const insertLine = database.prepare(
    'INSERT INTO deployment_output (deployment_id, seq, at, stream, text) VALUES (?, ?, ?, ?, ?)',
  )
  const one = database.prepare('SELECT value FROM deployments WHERE account_id = ? AND id = ?')
  const newest = database.prepare(
    'SELECT value FROM deployments WHERE account_id = ? ORDER BY started_at DESC, id DESC LIMIT ?',
  )
  const lines = database.prepare(
    'SELECT at, stream, text FROM deployment_output WHERE deployment_id = ? AND seq >= ? ORDER BY seq LIMIT ?',
  )
  const running = database.prepare("SELECT account_id, value FROM deployments WHERE status = 'deploying'")

  const save = (accountId: string, deployment: Deployment): void => {
    const { id, app, startedAt, status } = deployment
    upsert.run(id, accountId, app, startedAt, status, JSON.stringify(deployment))
  }

  return {
    save,
    append({ accountId, deployment, firstSeq, lines: added }) {
      transaction(database, () => {
        save(accountId, deployment)
        for (const [index, { at, stream, text }] of added.entries())
          insertLine.run(deployment.id, firstSeq + index, at, stream, text)
      })
    },
    get(accountId, id) {
      const row = one.get(accountId, id)
      return row === undefined ? undefined : read(row)
    },
    list: (accountId) => newest.all(accountId, LISTED).map(read),
    output: (id, fromSeq) => lines.all(id, fromSeq, OUTPUT_PAGE).map((row) => LineRow.parse(row)),
    unfinished: () =>
      running.all().map((row) => ({ accountId: OwnedRow.parse(row).account_id, deployment: read(row) })),
  }
}
