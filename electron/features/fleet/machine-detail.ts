import type { LedgerEntry } from '#electron/database/state-ledger.ts'
import type { FlyMachine } from '#electron/fly/machine-schema.ts'
import type { MachineDetail, MachineRow, VolumeRow } from '#shared/contracts/fleet.ts'
import { describeEvent } from '#shared/machines/machine-events.ts'
import { stoppedMonthPrice } from '#shared/pricing/machine-price.ts'
import { sumOf } from '#shared/pricing/money.ts'
import { chargeFor, monthOf, startedHours } from '#shared/pricing/month-to-date.ts'

interface DetailInput {
  machine: FlyMachine
  row: MachineRow
  volumes: readonly VolumeRow[]
  /** States of this month. */
  entries: readonly LedgerEntry[]
  url: string
  now: number
}

/** Everything the inspector shows. */
export function machineDetail({ machine, row, volumes, entries, url, now }: DetailInput): MachineDetail {
  const { config, events, checks, privateIp, instanceId } = machine
  return {
    row,
    events: events.map((event) => {
      const { id, type, status, source, at } = event
      return { id, type, status, source, at, ...describeEvent(event) }
    }),
    checks,
    mounts: (config?.mounts ?? []).map((mount) => mountOf(mount, volumes)),
    metadata: config?.metadata ?? {},
    ...(privateIp ? { privateIp } : {}),
    ...(instanceId ? { instanceId } : {}),
    ...(config?.isPublic ? { url } : {}),
    ...(config?.restartPolicy ? { restartPolicy: config.restartPolicy } : {}),
    autoDestroy: config?.autoDestroy ?? false,
    cost: costOf({ row, volumes, entries, now }),
  }
}

type Mount = MachineDetail['mounts'][number]

function mountOf({ volumeId, path, name }: Mount, volumes: readonly VolumeRow[]): Mount {
  const volume = volumes.find(({ id }) => id === volumeId)
  const label = name ?? volume?.name
  return {
    volumeId,
    path,
    ...(label ? { name: label } : {}),
    ...(volume ? { sizeGb: volume.sizeGb } : {}),
    ...(volume?.bytesUsed === undefined ? {} : { bytesUsed: volume.bytesUsed }),
    ...(volume?.bytesTotal === undefined ? {} : { bytesTotal: volume.bytesTotal }),
  }
}

function costOf({ row, volumes, entries, now }: Pick<DetailInput, 'row' | 'volumes' | 'entries' | 'now'>) {
  const history = { entries, createdAt: row.createdAt || undefined }
  const period = { from: monthOf(now).from, to: now }
  const { compute, stopped } = chargeFor(history, period)
  return {
    hourWhenStarted: row.hourEstimate,
    monthStopped: stoppedMonthPrice(),
    volumesMonth: sumOf(volumes.map(({ monthEstimate }) => monthEstimate)),
    monthToDate: sumOf([compute, stopped]),
    hoursThisMonth: startedHours(history, period),
  }
}
