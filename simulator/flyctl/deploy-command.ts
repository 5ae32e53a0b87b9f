import type { Family } from './command.ts'
import { deploy } from './deploy/deploy.ts'
import { DEPLOY_FLAGS } from './deploy/deploy-flags.ts'
import { APP } from './flags.ts'

export const DEPLOY: Family = {
  '': { flags: { ...APP, ...DEPLOY_FLAGS }, args: [0, 1], usage: '[WORKING_DIRECTORY]', run: deploy },
}
