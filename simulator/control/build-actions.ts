import { BuildFault, setBuildFault } from '../builders/build-faults.ts'
import { parse } from '../http/parse.ts'
import type { Actions, Control } from './control.ts'

/** What befalls builds on a Docker daemon. */
export const buildActions = ({ world }: Control): Actions => ({
  'build-fault': (body) => setBuildFault(world, parse(BuildFault, body)),
})
