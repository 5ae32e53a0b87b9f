import { expect } from 'vitest'
import { z } from 'zod'
import { MachinePage, MachineSeen } from '../../test/client.ts'
import type { Effect } from '../../world/effects.ts'
import type { Machine } from '../../world/types.ts'
import { APPS, type Ground, ORG, REGIONS } from './ground.ts'

/** The two diagrams of the docs, read off again by hand: nothing here is taken from the simulator. */
const DOCUMENTED: Record<string, string[]> = {
  created: ['starting', 'updating', 'destroying', 'stopping'],
  starting: ['started', 'failed', 'launch_failed'],
  started: ['stopping', 'restarting', 'suspending', 'updating', 'destroying'],
  restarting: ['starting'],
  stopping: ['stopped', 'failed'],
  stopped: ['starting', 'updating', 'destroying'],
  suspending: ['suspended'],
  suspended: ['starting', 'stopping', 'updating', 'destroying'],
  failed: ['starting', 'stopping', 'updating', 'destroying'],
  updating: ['starting', 'stopped', 'created'],
  launch_failed: ['destroyed'],
  destroying: ['destroyed'],
}

/** Whether a way may be gone. Force, and the end of its app, take a machine from wherever it is. */
const isDocumented = ({ from = '', to = '', request = '' }: Partial<Effect>, forced: ReadonlySet<string>): boolean =>
  DOCUMENTED[from]?.includes(to) || (to === 'destroying' && from !== 'destroyed' && forced.has(request))

/** Follows every machine along its transitions. */
export function createTrail({ client, forced }: Ground) {
  const states = new Map<string, string>()
  const counted = new Map<string, number>()
  let seen = client.world.effects.list().length
  const goOn = (effect: Effect) => {
    const { id, from = '', to = '' } = effect
    const way = `${from} → ${to}`
    if (from !== (states.get(id) ?? from)) throw new Error(`${id} was ${states.get(id)}, then went ${way}`)
    if (!isDocumented(effect, forced)) throw new Error(`${id} went ${way}`)
    states.set(id, to)
    counted.set(way, (counted.get(way) ?? 0) + 1)
  }
  return {
    /** How often each way was gone. */
    counted,
    follow() {
      const effects = client.world.effects.list()
      const news = effects.slice(seen).filter(({ kind, change }) => kind === 'machine' && change === 'state')
      seen = effects.length
      for (const effect of news) goOn(effect)
    },
  }
}

function inOrder(events: readonly { id: string; timestamp: number }[], whose: string): void {
  events.forEach((event, at) => {
    const older = events[at + 1]
    if (older && (older.timestamp >= event.timestamp || older.id >= event.id))
      throw new Error(`The events of ${whose} are out of order.`)
  })
}

const mountOf = ({ config }: Machine) => config.mounts?.[0]?.volume

/** One volume on at most one machine, and both sides agree. */
function volumesAgree({ client: { world } }: Ground): void {
  const live = [...world.machines.values()].filter(({ state }) => state !== 'destroyed')
  const mounted = live.flatMap((machine) => mountOf(machine) ?? [])
  expect(new Set(mounted).size, 'machines that mount the same volume').toBe(mounted.length)
  for (const machine of live) {
    const volume = mountOf(machine)
    if (volume !== undefined) expect(world.volumes.get(volume)?.attachedMachineId, volume).toBe(machine.id)
  }
  for (const { id, attachedMachineId: machine } of world.volumes.values()) {
    if (machine === undefined) continue
    const holder = world.machines.get(machine)
    expect(holder && holder.state !== 'destroyed' ? mountOf(holder) : undefined, `what ${machine} mounts`).toBe(id)
  }
}

/** A machine is on one host of its region, with its volume, and as lost as it is. */
function hostsAgree({ client: { world } }: Ground): void {
  for (const machine of world.machines.values()) {
    const host = world.hosts.get(machine.host)
    expect(host.machines.has(machine.id), `${machine.id} on ${host.id}`).toBe(machine.state !== 'destroyed')
    if (machine.state === 'destroyed') continue
    expect([host.region, host.status], host.id).toEqual([machine.region, machine.hostStatus])
    const volume = world.volumes.get(mountOf(machine) ?? '')
    if (volume) expect(volume.zone, volume.id).toBe(host.id)
  }
  const hosts = [...new Set(REGIONS)].flatMap((region) => world.hosts.of(region))
  const astray = hosts.flatMap(({ id, machines }) =>
    [...machines].filter((one) => world.machines.get(one)?.host !== id),
  )
  expect(astray, 'machines that a host knows and that are not on it').toEqual([])
}

/** What is answered about an app and its machines is what is so. */
async function answersAgree({ client }: Ground): Promise<void> {
  const { world } = client
  for (const name of APPS) {
    const listed = z.array(MachineSeen).parse((await client.ask('GET', `/v1/apps/${name}/machines`)).body)
    const there = [...(world.apps.get(name)?.machines ?? [])]
    expect(listed.map(({ id }) => id).sort()).toEqual(there.sort())
    expect((await client.ask('GET', `/v1/apps/${name}`)).body).toMatchObject({ machine_count: there.length })
    for (const { id, state, instance_id: version, host_status: host, events } of listed) {
      const machine = world.machines.get(id)
      expect([state, version, host]).toEqual([machine?.state, machine?.instanceId, machine?.hostStatus])
      expect(['replaced', 'migrated', 'destroyed']).not.toContain(state)
      inOrder(events, id)
    }
  }
}

/** The longest an org-wide list lags, in milliseconds. */
const LAG = 2_000

/** Whatever has not changed for so long shows in the org-wide list as it is, and nothing else does. */
async function listConverges({ client }: Ground): Promise<void> {
  const { world } = client
  const page = MachinePage.parse((await client.ask('GET', `/v1/orgs/${ORG}/machines`)).body)
  const listed = new Map(page.machines.map((machine) => [machine.id, machine]))
  const quiet = (time: number) => time <= world.clock.now() - LAG
  const ours = [...world.apps.values()].filter(({ org }) => org === ORG).flatMap(({ machines }) => [...machines])
  for (const machine of ours.flatMap((id) => world.machines.get(id) ?? [])) {
    if (!quiet(machine.updatedAt)) continue
    const shown = listed.get(machine.id)
    expect([shown?.state, shown?.app_name], `${machine.id} in the list`).toEqual([machine.state, machine.app])
  }
  const lastHeard = new Map(world.effects.list().map(({ id, at }) => [id, at]))
  const ghosts = [...listed.keys()].filter((id) => !ours.includes(id) && quiet(lastHeard.get(id) ?? 0))
  expect(ghosts, 'machines that are gone and still listed').toEqual([])
}

/** What follows a start is never left over once the machine is through it. */
function nothingLeftOver({ client: { world } }: Ground): void {
  for (const { id, state, updatesOnceStarted: update, stopsOnceStarted: stop } of world.machines.values()) {
    if (['starting', 'restarting', 'destroying', 'destroyed', 'launch_failed'].includes(state)) continue
    expect([update, stop], `what ${id} was to do once it had started`).toEqual([undefined, undefined])
  }
}

/** Everything that must hold at any time, however it came about. */
export async function checkAll(ground: Ground): Promise<void> {
  volumesAgree(ground)
  hostsAgree(ground)
  nothingLeftOver(ground)
  for (const machine of ground.client.world.machines.values()) inOrder(machine.events, machine.id)
  await answersAgree(ground)
  await listConverges(ground)
}
