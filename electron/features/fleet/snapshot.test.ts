import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Database, openDatabase } from '#electron/database/open-database.ts'
import { flyVolume, fullMachine, seenMachine } from './machine.test-data.ts'
import { createPicture } from './picture.ts'
import { createSnapshot } from './snapshot.ts'

let folder = ''
let database: Database
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hangar-snapshot-'))
  database = openDatabase(join(folder, 'hangar.db'))
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

const newPicture = () => createPicture((app) => `${app}.fly.dev`)

function savedFleet() {
  const picture = newPicture()
  picture.seeApps([{ name: 'shop', org: 'acme', status: 'deployed', network: 'own' }])
  picture.seeVolume(flyVolume(), { org: 'acme', readAt: 1 })
  picture.seeMachines([seenMachine(fullMachine()), seenMachine(fullMachine({ id: 'm2' }))])
  createSnapshot(database).save('a', picture, picture.settle())
  return picture
}

function restored(account: string) {
  const picture = newPicture()
  for (const part of createSnapshot(database).load(account)) picture.restore(part)
  picture.settle()
  return picture.rows()
}

test('a restored picture has the same rows', () => {
  const picture = savedFleet()
  expect(restored('a')).toEqual(picture.rows())
})

test('a fleet of several parts is restored whole, in parts', () => {
  const picture = newPicture()
  picture.seeMachines(Array.from({ length: 1_200 }, (_, n) => seenMachine(fullMachine({ id: `m${n}` }))))
  picture.seeVolume(flyVolume(), { org: 'acme', readAt: 1 })
  createSnapshot(database).save('a', picture, picture.settle())
  const byId = (left: { id: string }, right: { id: string }) => (left.id < right.id ? -1 : 1)
  expect(restored('a').machines.toSorted(byId)).toEqual(picture.rows().machines.toSorted(byId))
  expect([...createSnapshot(database).load('a')].map(({ machines }) => machines.length)).toEqual([500, 500, 200])
})

test('one account never sees the fleet of another', () => {
  savedFleet()
  expect(restored('b')).toEqual({ apps: [], machines: [], volumes: [] })
})

test('what is gone is gone from the saved picture too', () => {
  const picture = savedFleet()
  picture.loseMachine('m2', 9)
  createSnapshot(database).save('a', picture, picture.settle())
  expect(restored('a').machines.map(({ id }) => id)).toEqual(['m1'])
})

test('a line that another version wrote is left out', () => {
  savedFleet()
  database.prepare("UPDATE fleet_snapshot SET value = '{}' WHERE id = 'm1'").run()
  expect(restored('a').machines.map(({ id }) => id)).toEqual(['m2'])
})
