import type { Hangar, LaunchOptions } from '../hangar.ts'
import type { SimulatorProcess } from '../simulator.ts'

/** What a stage of the tour has to work with, and whom it tells that a screen is there. */
export interface Tour {
  simulator: SimulatorProcess
  folder: string
  launch: (options?: Partial<LaunchOptions>) => Promise<Hangar>
  /** The screen `name` is on the page, and has come to rest. */
  show: (hangar: Hangar, name: string) => Promise<void>
}

/** Opens some screens, one after the other. */
export type Stage = (tour: Tour) => Promise<void>
