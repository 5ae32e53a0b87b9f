import { endOf, type Life, type Run } from '../machines/run-book.ts'
import type { App } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { CPU } from './cpu.ts'
import { DEVICES, filesystems } from './devices.ts'
import { NAME } from './labels.ts'
import { MEMORY } from './memory.ts'
import type { Filter } from './selector.ts'
import type { Curve, Family, Instance, Series } from './series.ts'
import { VISITED } from './traffic.ts'
import { createVolumeUse } from './volume-use.ts'

export const instanceOf = ({ seed, startedAt }: World, life: Life): Instance => ({
  life,
  startedAt,
  name: `${seed} ${life.machine.id}`,
})

function familyOf(world: World): Family {
  const volumes = createVolumeUse(world)
  return {
    fly_instance_up: () => [{ at: () => 1 }],
    ...CPU,
    ...MEMORY,
    ...DEVICES,
    ...filesystems((id) => {
      const volume = world.volumes.get(id)
      return volume && { sizeGb: volume.sizeGb, use: volumes.of(volume) }
    }),
    ...VISITED,
  }
}

/** How long after the end the exit of a run is told; Fly documents no figure. */
const EXIT_SHOWN = 5 * 60_000

type Exit = NonNullable<Run['exit']>
/** The exit code of the guest's first process is that of the kernel's kill where memory ran out. */
const EXITS: Record<string, (exit: Exit) => number> = {
  fly_instance_exit_code: ({ code }) => code,
  fly_instance_exit_oom: ({ oom }) => Number(oom),
  fly_instance_exit_vm_code: ({ code, oom }) => (oom ? 137 : code),
}

/** The last run that had begun by then, by bisection: a machine that keeps crashing has thousands. */
export function runBefore(runs: readonly Run[], time: number): Run | undefined {
  let low = 0
  let high = runs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((runs[middle]?.from ?? 0) <= time) low = middle + 1
    else high = middle
  }
  return runs[low - 1]
}

/** A stopped machine publishes nothing (Fly docs, metrics). */
function running({ life }: Instance, { at }: Curve, { host, now }: Seen): Series['at'] {
  return (time) => {
    const run = runBefore(life.runs, time)
    return run && run.host === host && time < endOf(life, run, now + 1) ? at(run, time) : Number.NaN
  }
}

function exited({ life }: Instance, value: (exit: Exit) => number, { host }: Seen): Series['at'] {
  return (time) => {
    const run = runBefore(life.runs, time)
    if (!run?.exit || run.host !== host || run.to === undefined) return Number.NaN
    return time >= run.to && time < run.to + EXIT_SHOWN ? value(run.exit) : Number.NaN
  }
}

/** From where a machine is seen: after a migration it has other curves. */
interface Seen {
  host: string
  now: number
}

/** Metrics of machines, by name. */
export interface InstanceMetrics {
  curves: [string, Family[string]][]
  exits: [string, (exit: Exit) => number][]
}

export const instanceMetrics = (world: World): InstanceMetrics => ({
  curves: Object.entries(familyOf(world)),
  exits: Object.entries(EXITS),
})

interface Looked {
  world: World
  metrics: InstanceMetrics
}

function* seriesOf({ world, metrics: { curves, exits } }: Looked, life: Life): Generator<Series> {
  const { id, region, app } = life.machine
  const now = world.clock.now()
  const instance = instanceOf(world, life)
  for (const host of new Set(life.runs.map((run) => run.host))) {
    const labels = { app, region, host, instance: id }
    for (const [metric, curvesOf] of curves)
      for (const curve of curvesOf(instance))
        yield { labels: { [NAME]: metric, ...labels, ...curve.labels }, at: running(instance, curve, { host, now }) }
    if (!life.runs.some(({ exit }) => exit)) continue
    for (const [metric, value] of exits)
      yield { labels: { [NAME]: metric, ...labels }, at: exited(instance, value, { host, now }) }
  }
}

/** The curves of an app's machines that a selector may mean, in the span from `since`. */
export function* instanceSeries(looked: Looked, app: App, filter: Filter, since: number): Generator<Series> {
  const { curves, exits } = looked.metrics
  if (curves.length + exits.length === 0) return
  const now = looked.world.clock.now()
  const [isWanted, isPlace] = [filter.label('instance'), filter.label('region')]
  for (const life of looked.world.runs.lives(app.name)) {
    const last = life.runs.at(-1)
    const isThere = last && endOf(life, last, now) + EXIT_SHOWN >= since
    if (isThere && isWanted(life.machine.id) && isPlace(life.machine.region)) yield* seriesOf(looked, life)
  }
}
