import type { AppRow, FleetStatus, FleetUpdate, MachineRow, VolumeRow } from '#shared/contracts/fleet.ts'
import type { WireError } from '#shared/ipc/errors.ts'

/** The fleet as the page sees it. Each array keeps its identity while nothing in it changes. */
export interface Fleet {
  apps: readonly AppRow[]
  machines: readonly MachineRow[]
  volumes: readonly VolumeRow[]
  status: FleetStatus
  /** False until the first whole picture of this account has arrived. */
  ready: boolean
}

export interface FleetStore {
  apply(update: FleetUpdate): void
  /** The stream failed: the rows stay as they were, the status says why they are not moving. */
  fail(problem: WireError): void
  /** Forgets everything: the account changed. */
  clear(): void
  subscribe(listener: () => void): () => void
  snapshot(): Fleet
  machine(id: string): MachineRow | undefined
}

interface Rows<Row> {
  byKey: Map<string, Row>
  list: readonly Row[]
}

interface Changes<Row> {
  put: readonly Row[]
  remove: readonly string[]
}

const WAITING: FleetStatus = { source: 'saved', connection: 'connecting', rateLimitFree: 1, errorRegions: [] }
const NOTHING: Fleet = { apps: [], machines: [], volumes: [], status: WAITING, ready: false }

/** Called once per burst of updates: the page is drawn at most once per frame however many arrive. */
type Schedule = (run: () => void) => void

export function createFleetStore(schedule: Schedule = (run) => requestAnimationFrame(run)): FleetStore {
  const listeners = new Set<() => void>()
  let apps = emptyRows<AppRow>()
  let machines = emptyRows<MachineRow>()
  let volumes = emptyRows<VolumeRow>()
  let fleet = NOTHING
  let scheduled = false

  const tell = () => {
    if (scheduled) return
    scheduled = true
    schedule(() => {
      scheduled = false
      for (const listener of listeners) listener()
    })
  }
  const show = (status: FleetStatus, ready: boolean) => {
    fleet = { apps: apps.list, machines: machines.list, volumes: volumes.list, status, ready }
    tell()
  }

  return {
    apply(update) {
      const { reset } = update
      apps = change(reset ? emptyRows() : apps, update.apps, ({ name }) => name)
      machines = change(reset ? emptyRows() : machines, update.machines, ({ id }) => id)
      volumes = change(reset ? emptyRows() : volumes, update.volumes, ({ id }) => id)
      show(update.status, fleet.ready || reset)
    },
    fail: (problem) => show({ ...fleet.status, connection: 'offline', problem }, fleet.ready),
    clear() {
      apps = emptyRows()
      machines = emptyRows()
      volumes = emptyRows()
      show(WAITING, false)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    snapshot: () => fleet,
    machine: (id) => machines.byKey.get(id),
  }
}

const emptyRows = <Row>(): Rows<Row> => ({ byKey: new Map(), list: [] })

/** Rows keep the place they first arrived in. Changes nothing, and copies nothing, when there is nothing to change. */
function change<Row>(rows: Rows<Row>, { put, remove }: Changes<Row>, keyOf: (row: Row) => string): Rows<Row> {
  const { byKey } = rows
  const gone = remove.filter((key) => byKey.delete(key))
  for (const row of put) byKey.set(keyOf(row), row)
  if (gone.length === 0 && put.length === 0) return rows
  return { byKey, list: [...byKey.values()] }
}
