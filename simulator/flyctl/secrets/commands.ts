import { ANY, type Command, type Family } from '../command.ts'
import { APP, DETACH, type FlagTable, JSON_OUTPUT } from '../flags.ts'
import { deploySecrets } from './deploy.ts'
import { listAll } from './list.ts'
import { importAll, set, unset } from './set.ts'

const DEPLOYED: FlagTable = { ...APP, ...DETACH, 'dns-checks': { kind: 'yes-no' } }
const STAGE: FlagTable = { ...DEPLOYED, stage: { kind: 'yes-no' } }
const list: Command = { flags: { ...APP, ...JSON_OUTPUT }, run: listAll }

export const SECRETS: Family = {
  list,
  ls: list,
  set: { flags: STAGE, args: [1, ANY], usage: 'NAME=VALUE NAME=VALUE ...', run: set },
  unset: { flags: STAGE, args: [1, ANY], usage: 'NAME NAME ...', run: unset },
  import: { flags: STAGE, run: importAll },
  deploy: { flags: DEPLOYED, run: deploySecrets },
}
