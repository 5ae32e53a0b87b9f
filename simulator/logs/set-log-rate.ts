import { FlyError } from '../http/fly-error.ts'
import { endOf } from '../machines/run-book.ts'
import type { World } from '../world/world.ts'
import { type LogStyle, USUAL_PACE } from './log-rates.ts'

/** What is simulated; more than any app a person watches prints. */
export const LOG_RATE = { min: 0, max: 50_000 }

export interface LogRateChange {
  /** Absent = every app. */
  app?: string | undefined
  machine?: string | undefined
  /** All that are meant together; absent = the pace of the demo. */
  linesPerSecond?: number | undefined
  style?: LogStyle | undefined
}

/** How many of the machines meant run at this moment. */
function running(world: World, { app, machine }: LogRateChange): number {
  const now = world.clock.now()
  const apps = app === undefined ? [...world.apps.keys()] : [app]
  const lives = apps.flatMap((name) => world.runs.lives(name))
  return lives.filter((life) => {
    const run = life.runs.at(-1)
    return (
      (machine ?? life.machine.id) === life.machine.id && run?.to === undefined && run && endOf(life, run, now) === now
    )
  }).length
}

/** From now on. The machines that run now share the lines; one that starts later speaks at the same pace as they do. */
export function setLogRate(world: World, change: LogRateChange): void {
  const { app, machine, linesPerSecond, style = USUAL_PACE.style } = change
  if (app !== undefined && !world.apps.has(app)) throw new FlyError(404, 'app not found')
  if (machine !== undefined && !world.machines.has(machine)) throw new FlyError(404, 'machine not found')
  const share =
    linesPerSecond === undefined ? USUAL_PACE.linesPerSecond : linesPerSecond / Math.max(1, running(world, change))
  world.logRates.change({ from: Math.floor(world.clock.now()), app, machine, pace: { linesPerSecond: share, style } })
}
