import { expect, test } from 'vitest'
import { findImage } from '../registry/images.ts'
import { readReference } from '../registry/reference.ts'
import { createVirtualClock } from '../world/clock.ts'
import { createWorld, type World } from '../world/world.ts'
import { createFleet } from './create-fleet.ts'
import { BUILDER } from './specs.ts'

function fleet(seed: number, machines: number): World {
  const clock = createVirtualClock(Date.parse('2026-11-21T12:00:00Z'))
  const world = createWorld({ seed, clock, delayScale: 1 })
  createFleet(world, machines)
  world.schedule.stop()
  return world
}

const facts = ({ machines, volumes, registry }: World) => [
  [...machines.values()],
  [...volumes.values()],
  [...registry.repositories.values()].map(({ manifests }) => [...manifests.keys()]),
]

test('the same seed gives the same fleet, another seed another one', () => {
  expect(facts(fleet(7, 300))).toEqual(facts(fleet(7, 300)))
  expect([...fleet(7, 90).machines.keys()]).not.toEqual([...fleet(8, 90).machines.keys()])
})

test('the demo fleet tells its story', () => {
  const world = fleet(7, 90)
  const machines = [...world.machines.values()]
  const count = (fits: (machine: (typeof machines)[number]) => boolean) => machines.filter(fits).length
  expect(world.apps.size).toBe(14)
  expect(machines).toHaveLength(90)
  expect(count(({ app }) => app === 'acme-workspaces')).toBe(60)
  expect(new Set(machines.filter(({ app }) => app.startsWith('ws-')).map(({ app }) => app)).size).toBe(8)
  expect(count(({ behaviour, config }) => behaviour.kind === 'crash' && config.auto_destroy === true)).toBe(1)
  expect(count(({ hostStatus }) => hostStatus === 'unreachable')).toBe(1)
  for (const state of ['failed', 'replacing', 'created'])
    expect(
      count((machine) => machine.state === state),
      state,
    ).toBe(1)
  for (const state of ['started', 'stopped', 'suspended'])
    expect(
      count((machine) => machine.state === state),
      state,
    ).toBeGreaterThan(8)
  const oom = machines.filter(({ events }) => JSON.stringify(events[0]?.request ?? {}).includes('"oom_killed":true'))
  expect(oom).toHaveLength(1)
  expect(count(({ behaviour }) => behaviour.kind === 'crash')).toBe(2)
  expect([...world.volumes.values()].filter(({ attachedMachineId }) => attachedMachineId === undefined)).toHaveLength(6)
})

test('a build has failed shortly before, and its builder tells why', () => {
  const world = fleet(7, 90)
  expect([...world.builds.values()]).toMatchObject([{ app: 'acme-web', status: 'failed' }])
  const now = BigInt(world.clock.now()) * 1_000_000n
  const said = world.logs.between(BUILDER, 0n, now)
  expect(said.at(-1)?.message).toMatch(/^failed to solve: .*npm run build.* exit code: 2$/)
})

test('somebody works in a workspace: more connections than anywhere, and lines every second', () => {
  const world = fleet(7, 90)
  const started = [...world.machines.values()].filter(
    ({ app, state }) => app === 'acme-workspaces' && state === 'started',
  )
  const busiest = started.toSorted((a, b) => world.proxy.load(b.id) - world.proxy.load(a.id))
  const pace = (place: number) => {
    const machine = busiest[place]
    const now = world.clock.now()
    return machine && world.logRates.spans(machine, now - 1_000, now).at(-1)?.pace.linesPerSecond
  }
  expect(pace(0)).toBeGreaterThan(1)
  expect(pace(1)).toBeLessThan(1)
})

test('some machines run an older image than the release of their app', () => {
  const world = fleet(7, 90)
  const drifted = [...world.machines.values()].filter(({ app, imageRef }) => {
    const [release] = world.apps.get(app)?.releases ?? []
    const reference = readReference(release?.imageRef ?? '')
    const image = reference && findImage(world, reference)
    return image?.digest !== imageRef.digest
  })
  expect(drifted.length).toBeGreaterThanOrEqual(5)
  expect(drifted.some(({ app, imageRef }) => app === 'acme-docs' && imageRef.tag === 'latest')).toBe(true)
})

test('a thousand machines have ids of their own and a volume each at most', () => {
  const world = fleet(3, 1_000)
  expect(world.machines.size).toBe(1_000)
  const mounted = [...world.machines.values()].flatMap(({ config }) => config.mounts?.map(({ volume }) => volume) ?? [])
  expect(new Set(mounted).size).toBe(mounted.length)
})
