import type { Run, Voice } from '../machines/run-book.ts'
import { type Curve, counted, type Family, type Instance } from './series.ts'
import type { Use } from './volume-use.ts'
import { createWave, shareOf } from './wave.ts'

/** Bytes a second through a machine's network, in the mean. */
const TRAFFIC: Record<Voice, number> = { builder: 400_000, service: 60_000, workspace: 9_000 }
const PACKET = 700
/** Disk operations a second. */
const DISK: Record<Voice, number> = { builder: 60, service: 2, workspace: 4 }
const GIGABYTE = 1024 ** 3
/** Size of the file system every machine begins with (Fly docs, machines: 8 GB). */
const ROOT = 8 * GIGABYTE
const BLOCK = 4096

/** What goes wrong on a network that is well: nothing. In the words of /proc/net/dev. */
const QUIET = {
  recv: ['errs', 'drop', 'fifo', 'frame', 'compressed', 'multicast'],
  sent: ['errs', 'drop', 'fifo', 'colls', 'carrier', 'compressed'],
}

function netCurve({ name, life }: Instance, way: string, per: number): Curve[] {
  const flow = createWave(`${name} net ${way}`, () => ({
    mean: TRAFFIC[life.voice] * (0.4 + 1.2 * shareOf(`${name} ${way}`)),
    day: 0.5,
    minute: 0.4,
  }))
  return [
    { labels: { device: 'eth0' }, at: (run, time) => counted(flow.between(run.from, time) / per) },
    { labels: { device: 'dummy0' }, at: () => 0 },
  ]
}

const NET: Family = Object.fromEntries(
  Object.entries(QUIET).flatMap(([way, quiet]) => [
    [`fly_instance_net_${way}_bytes`, (instance: Instance) => netCurve(instance, way, 1)],
    [`fly_instance_net_${way}_packets`, (instance: Instance) => netCurve(instance, way, PACKET)],
    ...quiet.map((kind) => [
      `fly_instance_net_${way}_${kind}`,
      () => ['eth0', 'dummy0'].map((device) => ({ labels: { device }, at: () => 0 })),
    ]),
  ]),
)

/** Counters of /proc/diskstats as multiples of operations: sectors of 512 bytes, times in milliseconds. */
const COUNTERS = {
  reads_completed: 0.3,
  reads_merged: 0.05,
  sectors_read: 0.3 * 32,
  time_reading: 0.3 * 0.8,
  writes_completed: 0.7,
  writes_merged: 0.4,
  sectors_written: 0.7 * 24,
  time_writing: 0.7 * 1.4,
  time_io: 0.9,
  time_io_weighted: 1.3,
}

/** vdb holds the root file system, vdc the volume (Fly docs, metrics). */
function diskCurve({ name, life }: Instance, per: number): Curve[] {
  return ['vdb', 'vdc'].map((device) => {
    const work = createWave(`${name} disk ${device}`, () => ({
      mean: DISK[life.voice] * (0.4 + 1.2 * shareOf(`${name} ${device}`)),
      day: 0.4,
      minute: 0.5,
    }))
    const exists = (run: Run) => device === 'vdb' || run.mounts.length > 0
    return {
      labels: { device },
      at: (run, time) => (exists(run) ? counted(work.between(run.from, time) * per) : Number.NaN),
    }
  })
}

const DISKS: Family = {
  ...Object.fromEntries(
    Object.entries(COUNTERS).map(([name, per]) => [
      `fly_instance_disk_${name}`,
      (instance: Instance) => diskCurve(instance, per),
    ]),
  ),
  fly_instance_disk_io_in_progress: (instance) => diskCurve(instance, 0),
}

interface Space {
  total: number
  used: number
}

type Measure = (space: Space) => number
const MEASURES: Record<string, Measure> = {
  blocks: ({ total }) => Math.floor(total / BLOCK),
  block_size: () => BLOCK,
  blocks_free: ({ total, used }) => Math.floor((total - used) / BLOCK),
  blocks_avail: ({ total, used }) => Math.floor((total - used) / BLOCK),
}

/** Looks up what a volume was like; undefined when it is gone. */
export type FindVolume = (id: string) => { sizeGb: number; use: Use } | undefined

function spaceCurves(instance: Instance, measure: Measure, find: FindVolume): Curve[] {
  const rootUsed = () => Math.floor((0.08 + 0.3 * shareOf(`${instance.name} root`)) * ROOT)
  const all = instance.life.runs.flatMap(({ mounts }) => mounts)
  const found = new Map(all.map(({ volume }) => [volume, find(volume)]))
  const mounted = [...new Set(all.map(({ path }) => path))].map((path) => ({
    labels: { mount: path },
    at(run: Run, time: number) {
      const volume = found.get(run.mounts.find((mount) => mount.path === path)?.volume ?? '')
      return volume ? measure({ total: volume.sizeGb * GIGABYTE, used: volume.use(time) }) : Number.NaN
    },
  }))
  return [{ labels: { mount: '/' }, at: () => measure({ total: ROOT, used: rootUsed() }) }, ...mounted]
}

export const filesystems = (find: FindVolume): Family =>
  Object.fromEntries(
    Object.entries(MEASURES).map(([name, measure]) => [
      `fly_instance_filesystem_${name}`,
      (instance: Instance) => spaceCurves(instance, measure, find),
    ]),
  )

export const DEVICES: Family = { ...NET, ...DISKS }
