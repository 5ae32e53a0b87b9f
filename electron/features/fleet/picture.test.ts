import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SeenMachine } from './known-machine.ts'
import { flyVolume, fullMachine, seenMachine } from './machine.test-data.ts'
import { createPicture, type FleetChanges, type Picture } from './picture.ts'
import type { RowChanges } from './row-table.ts'

const picture = () => createPicture((app) => `${app}.fly.dev`)
const at = { org: 'acme', readAt: 1 }

test('a machine, its volume and its app make one row each that know of each other', () => {
  const fleet = picture()
  fleet.seeApps([{ name: 'shop', org: 'acme', status: 'deployed' }])
  fleet.seeVolume(flyVolume(), at)
  fleet.seeMachines([seenMachine(fullMachine())])
  const { apps, machines, volumes } = fleet.settle()
  expect(machines.put[0]).toMatchObject({ id: 'm1', role: 'workspace', userId: 'usr_1', volumeId: 'vol_1' })
  expect(volumes.put[0]).toMatchObject({ userId: 'usr_1', orphan: false, monthEstimate: '0.75' })
  expect(apps.put[0]).toMatchObject({
    layout: 'workspace',
    hostname: 'shop.fly.dev',
    machines: { total: 1, started: 1, failing: 0 },
    volumes: 1,
    image: { digest: 'sha256:ab' },
  })
})

test('a machine known to be destroyed leaves, and its volume becomes an orphan', () => {
  const fleet = picture()
  fleet.seeVolume(flyVolume(), at)
  fleet.seeMachines([seenMachine(fullMachine())])
  fleet.settle()
  fleet.loseMachine('m1', 5)
  const { machines, volumes } = fleet.settle()
  expect(machines).toEqual({ put: [], remove: ['m1'] })
  expect(volumes.put[0]).toMatchObject({ id: 'vol_1', orphan: true })
})

test('a volume on its way out is shown no more', () => {
  const fleet = picture()
  fleet.seeVolume(flyVolume({ attachedMachineId: undefined }), at)
  expect(fleet.settle().volumes.put[0]?.orphan).toBe(true)
  fleet.seeVolume(flyVolume({ state: 'pending_destroy', updatedAt: 11 }), at)
  expect(fleet.settle().volumes.remove).toEqual(['vol_1'])
})

test('an app that is gone takes its machines along', () => {
  const fleet = picture()
  fleet.seeApps([{ name: 'shop', org: 'acme', status: 'pending' }])
  expect(fleet.settle().apps.put).toHaveLength(1)
  fleet.seeMachines([seenMachine(fullMachine())])
  fleet.settle()
  fleet.loseApp('shop', 5)
  const { apps, machines } = fleet.settle()
  expect(apps.remove).toEqual(['shop'])
  expect(machines.remove).toEqual(['m1'])
})

test('what was seen before changes nothing', () => {
  const fleet = picture()
  fleet.seeMachines([seenMachine(fullMachine())])
  fleet.settle()
  fleet.seeMachines([seenMachine(fullMachine(), { readAt: 9 })])
  expect(fleet.settle()).toEqual({
    apps: { put: [], remove: [] },
    machines: { put: [], remove: [] },
    volumes: { put: [], remove: [] },
  })
})

const seen = fc
  .record({
    id: fc.constantFrom('m1', 'm2', 'm3', 'm4'),
    app: fc.constantFrom('shop', 'desk'),
    updatedAt: fc.integer({ min: 1, max: 5 }),
    readAt: fc.integer({ min: 1, max: 5 }),
    state: fc.constantFrom('started', 'stopped', 'destroyed'),
    full: fc.boolean(),
  })
  .map(({ id, app, full, readAt, ...over }): SeenMachine => {
    return seenMachine(fullMachine({ ...over, id, app }), { full, readAt })
  })

/** The rows without the times that tell in what order things were seen. */
function withoutSince(fleet: Picture) {
  fleet.settle()
  const { machines, apps } = fleet.rows()
  const timeless = machines.map(({ since: _, sinceExact: __, ...row }) => row)
  return [timeless.toSorted((left, right) => (left.id < right.id ? -1 : 1)), apps.length]
}

test('pages in any order, repeated and overlapping, give the same picture', () => {
  fc.assert(
    fc.property(fc.array(seen, { maxLength: 12 }), fc.array(fc.nat(11), { maxLength: 24 }), (answers, order) => {
      const straight = picture()
      straight.seeMachines(answers)
      const crooked = picture()
      for (const index of order) {
        crooked.seeMachines(answers.slice(index, index + 3))
        crooked.settle()
      }
      for (const answer of answers.toReversed()) crooked.seeMachines([answer])
      expect(withoutSince(crooked)).toEqual(withoutSince(straight))
    }),
  )
})

function apply<Row>(rows: Map<string, Row>, { put, remove }: RowChanges<Row>, key: (row: Row) => string): void {
  for (const row of put) rows.set(key(row), row)
  for (const gone of remove) rows.delete(gone)
}

test('applying the changes to the old picture gives the new one', () => {
  fc.assert(
    fc.property(fc.array(fc.array(seen, { maxLength: 5 }), { maxLength: 6 }), (batches) => {
      const fleet = picture()
      const mirror = { apps: new Map(), machines: new Map(), volumes: new Map() }
      for (const batch of batches) {
        fleet.seeMachines(batch)
        const changes: FleetChanges = fleet.settle()
        apply(mirror.machines, changes.machines, ({ id }) => id)
        apply(mirror.apps, changes.apps, ({ name }) => name)
      }
      const { machines, apps } = fleet.rows()
      expect(new Set(mirror.machines.values())).toEqual(new Set(machines))
      expect(new Set(mirror.apps.values())).toEqual(new Set(apps))
    }),
  )
})

test('of 10,000 machines a poll that changed five computes a handful of rows', () => {
  const fleet = picture()
  const many = Array.from({ length: 10_000 }, (_, n) => fullMachine({ id: `m${n}`, app: `app-${n % 200}` }))
  fleet.seeMachines(many.map((machine) => seenMachine(machine)))
  fleet.settle()
  fleet.seeMachines(many.slice(0, 5).map((machine) => seenMachine({ ...machine, state: 'stopped', updatedAt: 20 })))
  const { machines, apps } = fleet.settle()
  expect(machines.put).toHaveLength(5)
  expect(apps.put).toHaveLength(5)
})
