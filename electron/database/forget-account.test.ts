import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { forgetAccount } from './forget-account.ts'
import { type Database, openDatabase } from './open-database.ts'

let folder: string
let database: Database
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hangar-forget-'))
  database = openDatabase(join(folder, 'hangar.db'))
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true })
})

const Named = z.object({ name: z.string() })
const Counted = z.object({ rows: z.number() })

function fill(account: string): void {
  database.prepare('INSERT INTO operations VALUES (?, ?, 1, ?, ?)').run(`op-${account}`, account, 'done', '{}')
  database.prepare('INSERT INTO operation_items VALUES (?, 0, ?)').run(`op-${account}`, '{}')
  database.prepare('INSERT INTO deployments VALUES (?, ?, ?, 1, ?, ?)').run(`d-${account}`, account, 'a', 'done', '{}')
  database.prepare('INSERT INTO deployment_output VALUES (?, 0, 1, ?, ?)').run(`d-${account}`, 'stdout', 'line')
  database
    .prepare('INSERT INTO states VALUES (?, ?, 1, ?, ?, ?, NULL, ?, NULL, ?)')
    .run(account, 'm', 'a', 'o', 's', 'r', 'h')
  database.prepare('INSERT INTO fleet_snapshot VALUES (?, ?, ?, ?)').run(account, 'app', 'a', '{}')
  database.prepare('INSERT INTO saved_rows VALUES (?, ?, ?)').run(account, 's', '{}')
}

/** Rows of every table there is, so that a new table cannot be left out. */
function count(): Record<string, number> {
  const tables = Named.array().parse(
    database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all(),
  )
  return Object.fromEntries(
    tables.map(({ name }) => [
      name,
      Counted.parse(database.prepare(`SELECT count(*) AS rows FROM ${name}`).get()).rows,
    ]),
  )
}

test('nothing of the account is left, and everything of the others', () => {
  fill('kept')
  const before = count()
  expect(Object.values(before).every((rows) => rows > 0)).toBe(true)
  fill('gone')
  forgetAccount(database, 'gone')
  expect(count()).toEqual(before)
})
