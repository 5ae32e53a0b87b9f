import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Database, openDatabase } from './open-database.ts'
import { prune } from './prune.ts'
import { createStateLedger, type LedgerEntry } from './state-ledger.ts'

let folder = ''
let database: Database
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hangar-ledger-'))
  database = openDatabase(join(folder, 'hangar.db'))
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

const DAY = 24 * 3_600_000
const entry = (machineId: string, at: number, state: string): LedgerEntry => ({
  machineId,
  at,
  state,
  app: 'shop',
  org: 'acme',
  region: 'fra',
  guest: { cpuKind: 'shared', cpus: 1, memoryMb: 256 },
  how: 'event',
})
const statesOf = (ledger: ReturnType<typeof createStateLedger>, machine: string, from: number) =>
  ledger
    .since('a', from)
    .get(machine)
    ?.map(({ state }) => state)

test('a reader gets the states since a moment and the one it began with', () => {
  const ledger = createStateLedger(database)
  ledger.record('a', [entry('m1', 10, 'created'), entry('m1', 20, 'started'), entry('m1', 40, 'stopped')])
  ledger.record('b', [entry('m1', 30, 'failed')])
  expect(statesOf(ledger, 'm1', 30)).toEqual(['started', 'stopped'])
  expect(statesOf(ledger, 'm1', 50)).toEqual(['stopped'])
  expect(statesOf(ledger, 'm1', 0)).toEqual(['created', 'started', 'stopped'])
})

test('what is recorded later, even of an earlier time, is in what was read, in order, once', () => {
  const ledger = createStateLedger(database)
  ledger.record('a', [entry('m1', 30, 'stopped')])
  expect(statesOf(ledger, 'm1', 0)).toEqual(['stopped'])
  ledger.record('a', [entry('m1', 20, 'started'), entry('m1', 40, 'started'), entry('m1', 30, 'stopped')])
  expect(statesOf(ledger, 'm1', 0)).toEqual(['started', 'stopped', 'started'])
  expect(statesOf(createStateLedger(database), 'm1', 0)).toEqual(['started', 'stopped', 'started'])
  expect(ledger.since('a', 0).get('m1')?.[0]?.guest).toEqual({ cpuKind: 'shared', cpus: 1, memoryMb: 256 })
})

test('pruning keeps the last state of each machine and whatever is younger than a year', () => {
  const ledger = createStateLedger(database)
  const now = 1000 * DAY
  ledger.record('a', [entry('old', 1, 'started'), entry('old', 2, 'stopped'), entry('young', now - DAY, 'started')])
  prune(database, now)
  const fresh = createStateLedger(database)
  expect(statesOf(fresh, 'old', 0)).toEqual(['stopped'])
  expect(statesOf(fresh, 'young', 0)).toEqual(['started'])
})

test('pruning drops old operations with their items, and output of all but the newest deployments', () => {
  const now = 1000 * DAY
  const operation = database.prepare('INSERT INTO operations VALUES (?, ?, ?, ?, ?)')
  operation.run('old', 'a', 1, 'done', '{}')
  operation.run('running', 'a', 2, 'running', '{}')
  database.exec("INSERT INTO operation_items VALUES ('old', 0, '{}'), ('running', 0, '{}')")
  for (let n = 0; n < 205; n += 1) {
    database
      .prepare('INSERT INTO deployments VALUES (?, ?, ?, ?, ?, ?)')
      .run(`d${n}`, 'a', 'shop', now + n, 'done', '{}')
    database.prepare('INSERT INTO deployment_output VALUES (?, 0, 0, ?, ?)').run(`d${n}`, 'stdout', 'x')
  }
  prune(database, now)
  expect(database.prepare('SELECT id FROM operations').all()).toEqual([{ id: 'running' }])
  expect(database.prepare('SELECT operation_id FROM operation_items').all()).toEqual([{ operation_id: 'running' }])
  expect(database.prepare('SELECT count(*) AS n FROM deployment_output').get()).toEqual({ n: 200 })
  expect(database.prepare('SELECT count(*) AS n FROM deployments').get()).toEqual({ n: 205 })
})
