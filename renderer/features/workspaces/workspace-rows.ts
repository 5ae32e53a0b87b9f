import { type QueryFields, rememberText } from '#renderer/lib/fleet-query.ts'
import type { AppRow, MachineRow, VolumeRow } from '#shared/contracts/fleet.ts'
import { sumOf } from '#shared/pricing/money.ts'

/** A user's workspace: the machine, what it stores, where it answers. */
export interface WorkspaceRow {
  machine: MachineRow
  volume?: VolumeRow | undefined
  /** Only where the app is the user's own: a shared app's address leads to any of its machines. */
  host?: string | undefined
  /** Machine and volume, per 30 days in the present state. */
  month: string
}

export type WorkspaceCache = WeakMap<MachineRow, WorkspaceRow>

interface Sources {
  machines: readonly MachineRow[]
  volumes: readonly VolumeRow[]
  apps: readonly AppRow[]
}

/** Rows whose parts are the same as last time keep their identity, so they are not drawn again. */
export function workspaceRows({ machines, volumes, apps }: Sources, cache: WorkspaceCache): WorkspaceRow[] {
  const volumeOf = new Map(volumes.map((volume) => [volume.id, volume]))
  const hostOf = new Map(
    apps.flatMap(({ name, layout, hostname }) => (layout === 'workspace' ? [[name, hostname]] : [])),
  )
  return machines
    .filter(({ role }) => role === 'workspace')
    .map((machine) => {
      const volume = machine.volumeId === undefined ? undefined : volumeOf.get(machine.volumeId)
      const host = hostOf.get(machine.app)
      const known = cache.get(machine)
      if (known && known.volume === volume && known.host === host) return known
      const month = sumOf([machine.monthEstimate, volume?.monthEstimate ?? '0'])
      const row = { machine, volume, host, month }
      cache.set(machine, row)
      return row
    })
}

export type WorkspaceView = 'all' | 'running' | 'resting'

const IN_VIEW: Readonly<Record<WorkspaceView, (row: WorkspaceRow) => boolean>> = {
  all: () => true,
  running: ({ machine }) => machine.state === 'started',
  resting: ({ machine }) => machine.state === 'stopped' || machine.state === 'suspended',
}

export const rowsOfView = (view: WorkspaceView, rows: readonly WorkspaceRow[]): readonly WorkspaceRow[] =>
  view === 'all' ? rows : rows.filter(IN_VIEW[view])

export const WORKSPACE_FIELDS: QueryFields<WorkspaceRow> = {
  text: rememberText(({ machine: { id, name, app, userId, region, state }, host }) =>
    [id, name, app, userId, region, state, host].join(' '),
  ),
  keys: {
    user: { read: ({ machine }) => machine.userId ?? '', match: 'part' },
    state: { read: ({ machine }) => machine.state, match: 'start' },
    app: { read: ({ machine }) => machine.app, match: 'part' },
    region: { read: ({ machine }) => machine.region, match: 'start' },
  },
}
