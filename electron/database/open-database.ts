import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { MIGRATIONS } from './migrations.ts'

export type Database = DatabaseSync

const Version = z.object({ user_version: z.int() })
const QuickCheck = z.object({ quick_check: z.string() })

/**
 * Opens the file, creating or migrating it as needed. A file that cannot be read, or that a newer
 * Hangar wrote, is renamed and kept, `onSetAside` is told in a sentence, and a new one is begun.
 */
export function openDatabase(file: string, onSetAside: (sentence: string) => void = () => {}): Database {
  mkdirSync(dirname(file), { recursive: true })
  try {
    return open(file)
  } catch (error) {
    if (!existsSync(file) || !isUnreadable(error)) throw error
    const kept = setAside(file)
    onSetAside(
      `The database ${file} could not be used (${reason(error)}). It was kept as ${kept}; a new one was begun.`,
    )
    return open(file)
  }
}

function open(file: string): Database {
  const database = new DatabaseSync(file)
  try {
    // NORMAL loses at most the last commits on a power cut, never the file (SQLite documentation of WAL).
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;')
    check(database)
    migrate(database)
    database.exec('PRAGMA foreign_keys = ON')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function check(database: Database): void {
  const { quick_check } = QuickCheck.parse(database.prepare('PRAGMA quick_check(1)').get())
  if (quick_check !== 'ok') throw new UnreadableError(quick_check)
}

/** Runs the steps this file has not seen, each in a transaction of its own. */
export function migrate(database: Database, migrations: readonly string[] = MIGRATIONS): void {
  const { user_version: from } = Version.parse(database.prepare('PRAGMA user_version').get())
  if (from > migrations.length) throw new UnreadableError('a newer version of Hangar wrote it')
  for (const [index, step] of migrations.entries()) {
    if (index >= from) transaction(database, () => database.exec(`${step}; PRAGMA user_version = ${index + 1}`))
  }
}

/** All of `work` or none of it. */
export function transaction<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

class UnreadableError extends Error {
  override readonly name = 'UnreadableError'
}

// SQLITE_CORRUPT and SQLITE_NOTADB (SQLite result codes).
const UNREADABLE_CODES = [11, 26]
const SqliteError = z.object({ errcode: z.int() })

/** True where the file itself is at fault; a full disk or a missing permission is not cured by a new file. */
function isUnreadable(error: unknown): boolean {
  if (error instanceof UnreadableError) return true
  const parsed = SqliteError.safeParse(error)
  return parsed.success && UNREADABLE_CODES.includes(parsed.data.errcode & 0xff)
}

/** Moves the file and what belongs to it out of the way, to a name nothing has yet. */
function setAside(file: string): string {
  let count = 1
  while (existsSync(`${file}.unreadable-${count}`)) count += 1
  const kept = `${file}.unreadable-${count}`
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix)
  }
  return kept
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown reason'
}
