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
  picture.restore(createSnapshot(database).load(account))
  picture.settle()
  return picture.rows()
}

test('a restored picture has the same rows', () => {
  const picture = savedFleet()
  expect(restored('a')).toEqual(picture.rows())
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
