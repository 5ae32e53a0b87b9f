import type { FlyApp } from '#electron/fly/apps.ts'
import type { FlyVolume } from '#electron/fly/volumes.ts'
import type { AppRow, MachineRow, VolumeRow } from '#shared/contracts/fleet.ts'
import { isGone } from '#shared/machines/machine-state.ts'
import { mergeMachine, type SeenMachine, withoutLife } from './known-machine.ts'
import type { KnownMachine, KnownVolume } from './known-schema.ts'
import { newest } from './register.ts'
import { createIndex, createRowTable, type RowChanges } from './row-table.ts'
import { appRow, machineRow, volumeRow } from './rows.ts'

export interface FleetChanges {
  apps: RowChanges<AppRow>
  machines: RowChanges<MachineRow>
  volumes: RowChanges<VolumeRow>
}

/** Everything the page shows of a fleet. */
export interface Rows {
  apps: readonly AppRow[]
  machines: readonly MachineRow[]
  volumes: readonly VolumeRow[]
}

export interface Settling {
  /** More of the same follows at once: apps are computed after it. */
  more?: boolean
  /** Rows of each kind to compute now. The rest is left for the next time. */
  atMost?: number
}

const GONE_VOLUMES = new Set(['fork_cleanup', 'waiting_for_detach', 'destroying', 'pending_destroy', 'destroyed'])

export type Picture = ReturnType<typeof createPicture>

/** Everything known of an account's fleet, and the rows computed from it. Absence is never taken for an end. */
export function createPicture(hostnameOf: (app: string) => string) {
  const machines = new Map<string, KnownMachine>()
  const volumes = new Map<string, KnownVolume>()
  const apps = new Map<string, FlyApp>()
  const machinesOfApp = createIndex()
  const volumesOfApp = createIndex()
  const volumesOfMachine = createIndex()
  const machineRows = createRowTable<MachineRow>()
  const volumeRows = createRowTable<VolumeRow>()
  const appRows = createRowTable<AppRow>()

  function keepMachine(known: KnownMachine): void {
    const { id, core } = known
    const appBefore = machines.get(id)?.core.value.app
    machines.set(id, known)
    machinesOfApp.put(id, core.value.app)
    machineRows.touch(id)
    for (const app of [appBefore, core.value.app]) if (app) appRows.touch(app)
    for (const volume of volumesOfMachine.of(id)) volumeRows.touch(volume)
  }

  function keepVolume(known: KnownVolume): void {
    const { id, app, attachedMachineId } = known.volume.value
    const before = volumes.get(id)?.volume.value.attachedMachineId
    volumes.set(id, known)
    volumesOfApp.put(id, app)
    volumesOfMachine.put(id, attachedMachineId)
    volumeRows.touch(id)
    appRows.touch(app)
    for (const machine of [before, attachedMachineId]) if (machine) machineRows.touch(machine)
  }

  function keepApp(app: FlyApp): void {
    apps.set(app.name, app)
    appRows.touch(app.name)
  }

  function loseMachine(id: string, readAt: number): void {
    const known = machines.get(id)
    if (known) keepMachine(withoutLife(known, readAt))
    else machineRows.touch(id)
  }

  function loseVolume(id: string, readAt: number): void {
    const known = volumes.get(id)
    if (!known) {
      volumeRows.touch(id)
      return
    }
    const { updatedAt, value } = known.volume
    keepVolume({ ...known, volume: { updatedAt: updatedAt + 1, readAt, value: { ...value, state: 'destroyed' } } })
  }

  function computeMachine(id: string): MachineRow | undefined {
    const known = machines.get(id)
    if (!known || isGone(known.core.value.state)) return undefined
    const [volume] = volumesOfMachine.of(id)
    return machineRow(known, volume)
  }

  function computeVolume(id: string): VolumeRow | undefined {
    const known = volumes.get(id)
    if (!known || GONE_VOLUMES.has(known.volume.value.state)) return undefined
    const { attachedMachineId } = known.volume.value
    const machine = attachedMachineId === undefined ? undefined : machines.get(attachedMachineId)
    const userId = attachedMachineId === undefined ? undefined : machineRows.get(attachedMachineId)?.userId
    const context = machine && { userId, gone: isGone(machine.core.value.state) }
    return volumeRow(known.volume.value, { org: known.org, machine: context })
  }

  function computeApp(name: string): AppRow | undefined {
    const ofApp = [...machinesOfApp.of(name)].flatMap((id) => machineRows.get(id) ?? [])
    const volumesHere = [...volumesOfApp.of(name)].flatMap((id) => volumeRows.get(id) ?? [])
    const org = ofApp[0]?.org ?? volumesHere[0]?.org
    // An app just made shows up in its machines before it does in the list of apps.
    const app = apps.get(name) ?? (org ? { name, org, status: 'deployed' } : undefined)
    return app && appRow(app, { machines: ofApp, volumes: volumesHere, hostname: hostnameOf(name) })
  }

  return {
    seeMachines(seen: readonly SeenMachine[]) {
      for (const [id, answers] of Map.groupBy(seen, ({ machine }) => machine.id)) {
        const known = mergeMachine(machines.get(id), answers)
        if (known) keepMachine(known)
      }
    },
    /** Fly answered 404 for it, or said it was destroyed. */
    loseMachine,
    seeVolume(volume: FlyVolume, { org, readAt }: { org: string; readAt: number }) {
      const before = volumes.get(volume.id)
      const next = newest(before?.volume, { updatedAt: volume.updatedAt, readAt, value: volume })
      if (next && next !== before?.volume) keepVolume({ org, volume: next })
    },
    loseVolume,
    seeApps(list: readonly FlyApp[]) {
      for (const app of list) keepApp(app)
    },
    /** Its machines and volumes went with it. */
    loseApp(name: string, readAt: number) {
      apps.delete(name)
      appRows.touch(name)
      for (const id of machinesOfApp.of(name)) loseMachine(id, readAt)
      for (const id of volumesOfApp.of(name)) loseVolume(id, readAt)
    },
    /** Rows as an earlier run showed them. Each stays until something is heard of it. */
    seed({ apps: appsSeen, machines: machinesSeen, volumes: volumesSeen }: Rows) {
      for (const row of machinesSeen) machineRows.seed(row.id, row)
      for (const row of volumesSeen) volumeRows.seed(row.id, row)
      for (const row of appsSeen) appRows.seed(row.name, row)
    },
    /** What an earlier run knew. */
    restore(saved: { machines: readonly KnownMachine[]; volumes: readonly KnownVolume[]; apps: readonly FlyApp[] }) {
      for (const machine of saved.machines) keepMachine(machine)
      for (const volume of saved.volumes) keepVolume(volume)
      for (const app of saved.apps) keepApp(app)
    },
    /** Brings the rows up to date. Machines first: volumes read their users, and apps read both. */
    settle({ more = false, atMost }: Settling = {}): FleetChanges {
      const machineChanges = machineRows.settle(computeMachine, atMost)
      for (const { id } of machineChanges.put) for (const volume of volumesOfMachine.of(id)) volumeRows.touch(volume)
      const volumeChanges = volumeRows.settle(computeVolume, machineRows.waiting() > 0 ? 0 : atMost)
      const appsWait = more || machineRows.waiting() + volumeRows.waiting() > 0
      const appChanges = appRows.settle(computeApp, appsWait ? 0 : atMost)
      return { machines: machineChanges, volumes: volumeChanges, apps: appChanges }
    },
    /** True while something seen has not reached its row. */
    unsettled: () => [machineRows, volumeRows, appRows].some((table) => table.waiting() > 0),
    rows: () => ({ apps: appRows.values(), machines: machineRows.values(), volumes: volumeRows.values() }),
    machineRow: machineRows.get,
    appRow: appRows.get,
    volumeRow: volumeRows.get,
    machine: (id: string) => machines.get(id),
    volume: (id: string) => volumes.get(id),
    app: (name: string) => apps.get(name),
  }
}
