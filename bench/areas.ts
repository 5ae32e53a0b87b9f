import type { Area } from './area.ts'
import { measureSimulator } from './simulator/simulator.ts'
import { measureStart } from './start/start.ts'

/** `npm run bench -- AREA`. */
export const areas: Readonly<Record<string, Area>> = {
  start: measureStart,
  simulator: measureSimulator,
}
