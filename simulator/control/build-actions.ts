import { BuildFault, setBuildFault } from '../builders/build-faults.ts'
import { type Actions, action, type Control } from './control.ts'

/** What befalls builds on a Docker daemon. */
export const buildActions = ({ world }: Control): Actions => ({
  'build-fault': action({
    says: 'the next build fails at a step, or goes on slowly',
    body: BuildFault,
    act: (fault) => setBuildFault(world, fault),
  }),
})
