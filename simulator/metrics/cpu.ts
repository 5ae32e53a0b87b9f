import type { Run, Voice } from '../machines/run-book.ts'
import { type Curve, counted, type Family, type Instance, most } from './series.ts'
import { createWave, shareOf, type Wave } from './wave.ts'

/** Share of its CPUs a program of each kind uses in the mean. */
const BUSY: Record<Voice, number> = { builder: 0.3, service: 0.12, workspace: 0.05 }
/** How the busy time divides, in the words of /proc/stat; what is not busy is idle. */
const MODES = {
  user: 0.62,
  nice: 0.01,
  system: 0.22,
  iowait: 0.06,
  irq: 0.01,
  softirq: 0.03,
  steal: 0.05,
  guest: 0,
  guest_nice: 0,
}
/** A shared CPU is promised a sixteenth (Fly docs, CPU performance). */
const SHARED = 1 / 16
/** Centiseconds of credit that one shared CPU can save up (Fly docs, CPU performance: 500 s for a whole CPU). */
const CREDIT = 50_000 * SHARED

/** Share of one CPU that is busy; at most 0.3 × 1.6 × 1.75, so that some is always idle. */
export function busyWave({ life, name }: Instance, cpu: string): Wave {
  return createWave(`${name} cpu ${cpu}`, () => ({
    mean: BUSY[life.voice] * (0.4 + 1.2 * shareOf(`${name} busy`)),
    day: 0.4,
    minute: 0.35,
  }))
}

const elapsed = (run: Run, time: number) => ((time - run.from) / 1000) * 100
const exists = (run: Run, cpu: number) => cpu < run.guest.cpus

function cpuCurves(instance: Instance): Curve[] {
  return Array.from({ length: most(instance, ({ guest }) => guest.cpus) }, (_, cpu) => {
    const busy = busyWave(instance, String(cpu))
    const cpu_id = String(cpu)
    const used = (run: Run, time: number) => busy.between(run.from, time) * 100
    const modes = Object.entries(MODES).map(([mode, share]) => ({
      labels: { cpu_id, mode },
      at: (run: Run, time: number) => (exists(run, cpu) ? counted(used(run, time) * share) : Number.NaN),
    }))
    const idle = (run: Run, time: number) =>
      exists(run, cpu) ? counted(elapsed(run, time) - used(run, time)) : Number.NaN
    return [...modes, { labels: { cpu_id, mode: 'idle' }, at: idle }]
  }).flat()
}

const baseline = ({ guest }: Run) => (guest.cpu_kind === 'shared' ? guest.cpus * SHARED : guest.cpus)

/** The load of so many minutes is the busy share of half of them ago. */
function loadCurves(instance: Instance): Curve[] {
  const busy = busyWave(instance, '0')
  return [1, 5, 15].map((minutes) => ({
    labels: { minutes: String(minutes) },
    at: (run, time) => Math.round(busy.at(time - minutes * 30_000) * run.guest.cpus * 100) / 100,
  }))
}

export const CPU: Family = {
  fly_instance_cpu: cpuCurves,
  fly_instance_cpu_baseline: () => [{ at: baseline }],
  fly_instance_cpu_balance: (instance) => {
    const spent = createWave(`${instance.name} balance`, () => ({ mean: 0.3, day: 0.3, minute: 0.3 }))
    return [{ at: ({ guest }, time) => counted(guest.cpus * CREDIT * (1 - spent.at(time))) }]
  },
  // Only what is busy beyond its share is held back: a builder is, for a third of its time.
  fly_instance_cpu_throttle: (instance) => {
    const busy = busyWave(instance, '0')
    const held = instance.life.voice === 'builder' ? 33 : 0
    return [{ at: (run, time) => (run.guest.cpu_kind === 'shared' ? counted(busy.between(run.from, time) * held) : 0) }]
  },
  fly_instance_load_average: loadCurves,
}
