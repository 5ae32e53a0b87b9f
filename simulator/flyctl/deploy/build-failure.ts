import { FlyctlError } from '../failure.ts'

/** Everything that goes wrong before there is an image begins with these words. */
export const failed = (why: string): FlyctlError =>
  new FlyctlError(`failed to fetch an image or build from source: ${why}`)
