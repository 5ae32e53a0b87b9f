import type { FleetChanges, Picture } from './picture.ts'
import type { RowChanges } from './row-table.ts'

type Rows = Pick<Picture, 'appRow' | 'machineRow' | 'volumeRow'>

/** Keys that changed since somebody last looked. What they stand for is read from the picture when it is taken. */
export function createPendingChanges() {
  let keys = { apps: new Set<string>(), machines: new Set<string>(), volumes: new Set<string>() }
  return {
    size: () => keys.apps.size + keys.machines.size + keys.volumes.size,
    add({ apps, machines, volumes }: FleetChanges) {
      gather(keys.apps, apps, ({ name }) => name)
      gather(keys.machines, machines, ({ id }) => id)
      gather(keys.volumes, volumes, ({ id }) => id)
    },
    /** Those there are now are taken in the order of their keys. */
    sort() {
      keys = { apps: sorted(keys.apps), machines: sorted(keys.machines), volumes: sorted(keys.volumes) }
    },
    /** At most `limit` of each kind. */
    take({ appRow, machineRow, volumeRow }: Rows, limit = Number.POSITIVE_INFINITY): FleetChanges {
      return {
        apps: resolve(keys.apps, appRow, limit),
        machines: resolve(keys.machines, machineRow, limit),
        volumes: resolve(keys.volumes, volumeRow, limit),
      }
    },
  }
}

const sorted = (keys: ReadonlySet<string>) => new Set([...keys].toSorted())

function gather<Row>(keys: Set<string>, { put, remove }: RowChanges<Row>, keyOf: (row: Row) => string): void {
  for (const row of put) keys.add(keyOf(row))
  for (const key of remove) keys.add(key)
}

function resolve<Row>(keys: Set<string>, rowOf: (key: string) => Row | undefined, limit: number): RowChanges<Row> {
  const changes: RowChanges<Row> = { put: [], remove: [] }
  for (const key of keys) {
    if (changes.put.length + changes.remove.length >= limit) break
    keys.delete(key)
    const row = rowOf(key)
    if (row === undefined) changes.remove.push(key)
    else changes.put.push(row)
  }
  return changes
}
