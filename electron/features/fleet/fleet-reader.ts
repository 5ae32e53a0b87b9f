import { setImmediate as nextTurn } from 'node:timers/promises'
import { appsOfToken, type FlyApp, getApp } from '#electron/fly/apps.ts'
import type { FlyClient } from '#electron/fly/client.ts'
import type { FlyMachine } from '#electron/fly/machine-schema.ts'
import { getMachine, listMachines } from '#electron/fly/machines.ts'
import { type FlyVolume, getVolume, listVolumes } from '#electron/fly/volumes.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { isGone } from '#shared/machines/machine-state.ts'
import type { Picture } from './picture.ts'

interface Options {
  fly: FlyClient
  picture: Picture
  now: () => number
  /** Called after each answer that has been put into the picture, with the machines it told in full. */
  learned: (machines: readonly FlyMachine[], how: Learned) => void
}

interface OfApp {
  name: string
  org: string
  signal: AbortSignal
}

export interface OfThing {
  app: string
  id: string
  signal: AbortSignal
}

interface Seen {
  org: string
  readAt: number
  /** More of the same list follows at once. */
  more?: boolean
}

export interface Learned {
  org: string
  more: boolean
}

export type FleetReader = ReturnType<typeof createFleetReader>

/** Asks Fly and puts the answers into the picture. Only a 404 of the thing itself means that it is gone. */
export function createFleetReader({ fly, picture, now, learned }: Options) {
  function seeMachines(
    machines: readonly FlyMachine[],
    { org, full, readAt, more = false }: Seen & { full: boolean },
  ): void {
    picture.seeMachines(machines.map((machine) => ({ machine, org, full, readAt })))
    learned(full ? machines : [], { org, more })
  }

  /** A part each turn: a list of thousands does not hold up terminals and logs. */
  async function takeMachines(machines: readonly FlyMachine[], how: Seen & { full: boolean }): Promise<void> {
    for (const { part, more } of partsOf(machines)) {
      seeMachines(part, { ...how, more })
      await nextTurn()
    }
  }

  function seeVolumes(volumes: readonly FlyVolume[], { org, readAt, more = false }: Seen): void {
    for (const volume of volumes) picture.seeVolume(volume, { org, readAt })
    learned([], { org, more })
  }

  async function takeVolumes(volumes: readonly FlyVolume[], how: Seen): Promise<void> {
    for (const { part, more } of partsOf(volumes)) {
      seeVolumes(part, { ...how, more })
      await nextTurn()
    }
  }

  function seeApps(apps: readonly FlyApp[]): void {
    picture.seeApps(apps)
    learned([], { org: '', more: false })
  }

  async function volume({ app, id, org, signal }: OfThing & { org: string }): Promise<void> {
    const found = await unlessGone(getVolume(fly, { app, id, signal }))
    if (!found) picture.loseVolume(id, now())
    seeVolumes(found ? [found] : [], { org, readAt: now() })
  }

  /** An app that is gone took its machines and volumes along. */
  async function app({ name, org, signal }: OfApp): Promise<void> {
    const found = await unlessGone(getApp(fly, { app: name, signal }))
    if (!found) picture.loseApp(name, now())
    seeApps(found ? [{ ...found, org }] : [])
  }

  async function machinesOfApp({ name, org, signal }: OfApp): Promise<void> {
    const machines = await unlessGone(listMachines(fly, { app: name, signal }))
    if (!machines) return app({ name, org, signal })
    await takeMachines(machines, { org, full: true, readAt: now() })
  }

  async function volumesOfApp({ name, org, signal }: OfApp): Promise<void> {
    const volumes = await unlessGone(listVolumes(fly, { app: name, signal }))
    if (!volumes) return app({ name, org, signal })
    await takeVolumes(volumes, { org, readAt: now() })
  }

  /** One machine in full. Throws `not-found` when it is gone, also where Fly still tells of it as destroyed. */
  async function readMachine({ app: name, id, signal }: OfThing): Promise<FlyMachine> {
    const org = picture.machine(id)?.core.value.org ?? picture.app(name)?.org ?? ''
    const found = await unlessGone(getMachine(fly, { app: name, id, signal }))
    if (!found) picture.loseMachine(id, now())
    seeMachines(found ? [found] : [], { org, full: true, readAt: now() })
    if (!found || isGone(found.state)) throw goneError()
    return found
  }

  /** The same where nobody waits for the answer: that it is gone is an answer too. */
  const machine = async (target: OfThing): Promise<void> => void (await unlessGone(readMachine(target)))

  /** For tokens narrowed to apps, which may not list an organization. */
  async function appsByName(org: string, signal: AbortSignal): Promise<FlyApp[]> {
    const names = await appsOfToken(fly, signal)
    const found = await Promise.all(names.map((name) => getApp(fly, { app: name, signal })))
    const apps = found.map((one) => ({ ...one, org: org || one.org }))
    seeApps(apps)
    return apps
  }

  return {
    takeMachines,
    takeVolumes,
    seeApps,
    volume,
    app,
    machinesOfApp,
    volumesOfApp,
    readMachine,
    machine,
    appsByName,
  }
}

/** What is taken into the picture in one turn of the event loop: some 20 ms of work. */
const PART = 250

function partsOf<T>(items: readonly T[]): { part: T[]; more: boolean }[] {
  const count = Math.ceil(items.length / PART)
  return Array.from({ length: count }, (_, n) => ({
    part: items.slice(n * PART, (n + 1) * PART),
    more: n + 1 < count,
  }))
}

/** Undefined where Fly says 404. */
async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return undefined
    throw error
  }
}

export function goneError(): AppError {
  return new AppError(
    'not-found',
    'This machine is gone: it was destroyed. Close it, or look at Activity for who did it.',
  )
}

/** Requests under way at once: each draws from a bucket of its own, so only sockets bound it. */
const GROUP = 20

/** Runs `work` for all, a group at a time. Throws the first failure after its group has ended. */
export async function inGroups<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < items.length; start += GROUP) {
    const results = await Promise.allSettled(items.slice(start, start + GROUP).map(work))
    const failed = results.find(({ status }) => status === 'rejected')
    if (failed?.status === 'rejected') throw failed.reason
  }
}
