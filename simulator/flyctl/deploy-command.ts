import type { Family } from './command.ts'
import { DEPLOY_FLAGS, deploy } from './deploy/deploy.ts'
import { APP } from './flags.ts'

export const DEPLOY: Family = {
  '': { flags: { ...APP, ...DEPLOY_FLAGS }, args: [0, 1], usage: '[WORKING_DIRECTORY]', run: deploy },
}
