import { expect, test } from 'vitest'
import type { Log } from '#electron/lib/log.ts'
import { eventually } from '#electron/test/active-account.ts'
import { fullMachine, seenMachine } from './machine.test-data.ts'
import { createPicture, type FleetChanges } from './picture.ts'
import { createRowsWriter } from './rows-writer.ts'
import { createSnapshotWriter } from './snapshot-writer.ts'

const NEVER_MS = 1_000_000

function setup() {
  const picture = createPicture((app) => `${app}.fly.dev`)
  const problems: string[] = []
  const log: Log = { debug() {}, info() {}, warn() {}, error: (message) => problems.push(message) }
  const ended = new AbortController()
  const see = (ids: string[], state = 'started', updatedAt = 1): FleetChanges => {
    picture.seeMachines(ids.map((id) => seenMachine(fullMachine({ id, state, updatedAt }))))
    return picture.settle()
  }
  return { see, ended, problems, common: { accountId: 'a', picture, log, ended: ended.signal } }
}

/** Remembers what was saved, and fails as often as told. */
function recorder(failures = 0) {
  const saved: FleetChanges[] = []
  let left = failures
  const snapshot = {
    load: () => [],
    save(_account: string, _picture: object, changes: FleetChanges) {
      left -= 1
      if (left >= 0) throw new Error('disk full')
      saved.push(changes)
    },
  }
  return { snapshot, saved, ids: () => saved.flatMap(({ machines }) => machines.put.map(({ id }) => id)) }
}

const idsOf = (count: number) => Array.from({ length: count }, (_, n) => `m${n}`)

test('the picture is saved in small parts, each machine once, as it is by then', async () => {
  const { see, common } = setup()
  const { snapshot, saved, ids } = recorder()
  const writer = createSnapshotWriter({ ...common, snapshot, gatherMs: 1 })
  writer.note(see(idsOf(450)))
  writer.note(see(['m5'], 'stopped', 2))
  await eventually(() => ids().length >= 450 || undefined)
  expect(saved.map(({ machines }) => machines.put.length)).toEqual([200, 200, 50])
  expect(ids()).toEqual(idsOf(450).toSorted())
  expect(saved.flatMap(({ machines }) => machines.put).find(({ id }) => id === 'm5')?.state).toBe('stopped')
})

test('what is still to be saved is saved at once when asked, and only once', () => {
  const { see, common } = setup()
  const { snapshot, saved, ids } = recorder()
  const writer = createSnapshotWriter({ ...common, snapshot, gatherMs: NEVER_MS })
  writer.note(see(idsOf(3)))
  writer.note(see(['m1'], 'destroyed', 2))
  writer.flush()
  writer.flush()
  expect(saved).toHaveLength(1)
  expect(ids()).toEqual(['m0', 'm2'])
  expect(saved[0]?.machines.remove).toEqual(['m1'])
})

test('nothing of an account is saved after its end', () => {
  const { see, ended, common, problems } = setup()
  const { snapshot, saved } = recorder()
  const texts: string[] = []
  const savedRows = { load: () => undefined, save: (_: string, text: string) => void texts.push(text) }
  const writer = createSnapshotWriter({ ...common, snapshot, gatherMs: NEVER_MS })
  const rows = createRowsWriter({ ...common, savedRows, gatherMs: NEVER_MS })
  writer.note(see(['m1']))
  rows.note()
  ended.abort()
  writer.flush()
  rows.flush()
  expect([saved, texts, problems]).toEqual([[], [], []])
})

test('a picture that could not be saved is said, and the next change is saved', async () => {
  const { see, common, problems } = setup()
  const { snapshot, ids } = recorder(1)
  const writer = createSnapshotWriter({ ...common, snapshot, gatherMs: 1 })
  writer.note(see(['m1']))
  await eventually(() => problems.length > 0 || undefined)
  expect(problems).toEqual(['The picture of the fleet could not be saved'])
  await eventually(() => {
    writer.note(see(['m2'], 'stopped', 2))
    return ids().includes('m2') || undefined
  })
})

test('rows are saved whole, in the words of JSON, and again only when one has changed', async () => {
  const { see, common } = setup()
  const texts: string[] = []
  const savedRows = { load: () => undefined, save: (_: string, text: string) => void texts.push(text) }
  const writer = createRowsWriter({ ...common, savedRows, gatherMs: 1, restMs: 1 })
  see(idsOf(2_500))
  writer.note()
  writer.note()
  await eventually(() => texts.length > 0 || undefined)
  expect(JSON.parse(texts[0] ?? '')).toEqual(common.picture.rows())
  see(['m7'], 'stopped', 2)
  writer.note()
  await eventually(() => texts.length > 1 || undefined)
  expect(JSON.parse(texts[1] ?? '')).toEqual(common.picture.rows())
  writer.flush()
  expect(texts).toHaveLength(2)
})

test('rows are saved at once when asked', () => {
  const { see, common } = setup()
  const texts: string[] = []
  const savedRows = { load: () => undefined, save: (_: string, text: string) => void texts.push(text) }
  const writer = createRowsWriter({ ...common, savedRows, gatherMs: NEVER_MS })
  see(idsOf(3))
  writer.note()
  writer.flush()
  writer.flush()
  expect(texts.map((text) => JSON.parse(text))).toEqual([common.picture.rows()])
})
