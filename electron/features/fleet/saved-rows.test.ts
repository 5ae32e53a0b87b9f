import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { forgetAccount } from '#electron/database/forget-account.ts'
import { type Database, openDatabase } from '#electron/database/open-database.ts'
import { flyVolume, fullMachine, seenMachine } from './machine.test-data.ts'
import { createPicture, type FleetChanges } from './picture.ts'
import { restorePicture } from './restore-picture.ts'
import { createSavedRows } from './saved-rows.ts'
import { createSnapshot } from './snapshot.ts'

let folder = ''
let database: Database
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hangar-saved-rows-'))
  database = openDatabase(join(folder, 'hangar.db'))
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

const newPicture = () => createPicture((app) => `${app}.fly.dev`)
const never = new AbortController().signal

/** A workspace with a volume and 600 more machines, saved both ways. */
function savedFleet() {
  const picture = newPicture()
  const more = Array.from({ length: 600 }, (_, n) =>
    seenMachine(fullMachine({ id: `m${n + 2}`, app: `shop-${n % 7}` })),
  )
  picture.seeApps([{ name: 'shop', org: 'acme', status: 'deployed', network: 'own' }])
  picture.seeVolume(flyVolume(), { org: 'acme', readAt: 1 })
  picture.seeMachines([seenMachine(fullMachine()), ...more])
  createSnapshot(database).save('a', picture, picture.settle())
  createSavedRows(database).save('a', JSON.stringify(picture.rows()))
  return picture
}

/** A later run: rows first, then what they come from. Also returns what the page is told after the rows. */
async function laterRun() {
  const picture = newPicture()
  const rows = createSavedRows(database).load('a')
  if (rows) picture.seed(rows)
  const told: FleetChanges[] = []
  const parts = createSnapshot(database).load('a')
  await restorePicture({ picture, parts, tell: (changes) => told.push(changes), ended: never })
  const count = (kind: keyof FleetChanges) =>
    told.reduce((sum, changes) => sum + changes[kind].put.length + changes[kind].remove.length, 0)
  return { picture, told: { apps: count('apps'), machines: count('machines'), volumes: count('volumes') } }
}

test('saved rows come back as they were', () => {
  const picture = savedFleet()
  expect(createSavedRows(database).load('a')).toEqual(picture.rows())
})

test('what is restored after equal rows tells nothing again', async () => {
  const before = savedFleet()
  const { picture, told } = await laterRun()
  expect(told).toEqual({ apps: 0, machines: 0, volumes: 0 })
  expect(picture.rows()).toEqual(before.rows())
  expect(picture.machine('m7')).toMatchObject({ core: { value: { app: 'shop-5' } } })
})

test('rows older than the picture are corrected, and only those', async () => {
  const before = savedFleet()
  before.seeMachines([seenMachine(fullMachine({ state: 'stopped', updatedAt: 20 }), { readAt: 2 })])
  createSnapshot(database).save('a', before, before.settle())
  const { picture, told } = await laterRun()
  expect(told).toEqual({ apps: 1, machines: 1, volumes: 0 })
  expect(picture.rows()).toEqual(before.rows())
})

test('without saved rows the picture brings all of them', async () => {
  const before = savedFleet()
  database.exec('DELETE FROM saved_rows')
  const { picture, told } = await laterRun()
  expect(told).toMatchObject({ apps: 8, machines: 601, volumes: 1 })
  const byId = (left: { id: string }, right: { id: string }) => (left.id < right.id ? -1 : 1)
  expect(picture.rows().machines.toSorted(byId)).toEqual(before.rows().machines.toSorted(byId))
  expect(
    picture
      .rows()
      .apps.map(({ name }) => name)
      .toSorted(),
  ).toEqual(
    before
      .rows()
      .apps.map(({ name }) => name)
      .toSorted(),
  )
})

test('a row that nothing else tells of stays until Fly says that it is gone', async () => {
  savedFleet()
  database.exec("DELETE FROM fleet_snapshot WHERE id IN ('m9', 'vol_1')")
  const { picture } = await laterRun()
  expect(picture.machineRow('m9')).toMatchObject({ id: 'm9', state: 'started' })
  picture.loseMachine('m9', 3)
  picture.loseVolume('vol_1', 3)
  const { machines, volumes } = picture.settle()
  expect([machines.remove, volumes.remove]).toEqual([['m9'], ['vol_1']])
})

test('rows of a version with other columns are not shown', () => {
  savedFleet()
  database.exec("UPDATE saved_rows SET shape = 'another'")
  expect(createSavedRows(database).load('a')).toBeUndefined()
})

test.each(['', '{', '[]', '{"apps":[],"machines":[{}],"volumes":[]}'])('what cannot be read is said: %s', (value) => {
  savedFleet()
  database.prepare('UPDATE saved_rows SET value = ?').run(value)
  expect(() => createSavedRows(database).load('a')).toThrow()
})

test('one account never sees the rows of another, and a forgotten one has none', () => {
  savedFleet()
  expect(createSavedRows(database).load('b')).toBeUndefined()
  forgetAccount(database, 'a')
  expect(createSavedRows(database).load('a')).toBeUndefined()
})
