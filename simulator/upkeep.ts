import { AUTOSTOP_EVERY, autostopPass } from './public/autostop.ts'
import { cleanRegistry } from './registry/retention.ts'
import { volumesRound } from './volumes/round.ts'
import type { World } from './world/world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

function every(world: World, milliseconds: number, round: (world: World) => void): void {
  world.schedule.after(milliseconds, () => {
    round(world)
    every(world, milliseconds, round)
  })
}

/** What the platform does by itself, in its own time: no request brings it about. */
export function beginUpkeep(world: World): void {
  every(world, HOUR, volumesRound)
  every(world, DAY, cleanRegistry)
  every(world, AUTOSTOP_EVERY, autostopPass)
}
