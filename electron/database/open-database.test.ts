import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MIGRATIONS } from './migrations.ts'
import { migrate, openDatabase, transaction } from './open-database.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hangar-database-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const schemaOf = (database: DatabaseSync) =>
  database.prepare("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name").all()

test('a new file gets every table, write-ahead logging and foreign keys', () => {
  const database = openDatabase(join(folder, 'deep/er/hangar.db'))
  expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
  expect(database.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 })
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: MIGRATIONS.length })
  database.close()
})

test.each(MIGRATIONS.map((_, version) => version))('a file of version %i becomes the same as a new one', (version) => {
  const file = join(folder, 'old.db')
  const old = new DatabaseSync(file)
  migrate(old, MIGRATIONS.slice(0, version))
  if (version > 0) old.exec("INSERT INTO operations VALUES ('kept', 'a', 1, 'done', '{}')")
  old.close()

  const migrated = openDatabase(file)
  const fresh = openDatabase(join(folder, 'fresh.db'))
  expect(schemaOf(migrated)).toEqual(schemaOf(fresh))
  expect(migrated.prepare('SELECT count(*) AS n FROM operations').get()).toEqual({ n: version > 0 ? 1 : 0 })
  migrated.close()
  fresh.close()
})

test('a file that is no database is kept beside a new one, and said', () => {
  const file = join(folder, 'hangar.db')
  writeFileSync(file, 'this was never a database, however long it goes on about it'.repeat(100))
  const said: string[] = []
  const database = openDatabase(file, (sentence) => said.push(sentence))
  expect(database.prepare('SELECT count(*) AS n FROM operations').get()).toEqual({ n: 0 })
  expect(said).toHaveLength(1)
  expect(said[0]).toContain('hangar.db.unreadable-1')
  expect(existsSync(`${file}.unreadable-1`)).toBe(true)
  database.close()
})

test('a file with a damaged page is kept beside a new one', () => {
  const file = join(folder, 'hangar.db')
  const whole = openDatabase(file)
  for (let n = 0; n < 500; n += 1) {
    whole.prepare('INSERT INTO operations VALUES (?, ?, ?, ?, ?)').run(`o${n}`, 'a', n, 'done', 'x'.repeat(200))
  }
  whole.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  whole.close()
  const damaged = new Uint8Array(60_000).fill(7)
  writeFileSync(file, damaged, { flag: 'r+' })
  const said: string[] = []
  openDatabase(file, (sentence) => said.push(sentence)).close()
  expect(said).toHaveLength(1)
})

test('a file of a newer Hangar is not touched, only moved', () => {
  const file = join(folder, 'hangar.db')
  const newer = new DatabaseSync(file)
  newer.exec('PRAGMA user_version = 999')
  newer.close()
  const said: string[] = []
  openDatabase(file, (sentence) => said.push(sentence)).close()
  expect(said[0]).toContain('newer version')
})

test('a transaction that fails leaves nothing behind', () => {
  const database = openDatabase(join(folder, 'hangar.db'))
  expect(() =>
    transaction(database, () => {
      database.exec("INSERT INTO operations VALUES ('o', 'a', 1, 'done', '{}')")
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(database.prepare('SELECT count(*) AS n FROM operations').get()).toEqual({ n: 0 })
  database.close()
})
