import type { World } from './world.ts'

/** Milliseconds, both ends included. */
export interface Span {
  from: number
  to: number
}

/** How long something takes this time: drawn from the seed, at the pace of the world. In milliseconds. */
export const scaledDelay = ({ random, delayScale }: Pick<World, 'random' | 'delayScale'>, { from, to }: Span): number =>
  random.int(from, to) * delayScale
