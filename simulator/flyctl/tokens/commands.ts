import { ANY, type Command, type Family } from '../command.ts'
import { APP, type FlagTable, JSON_OUTPUT, ORG } from '../flags.ts'
import { createDeploy, createMachineExec, createOrg, createReadonly, createSsh } from './create.ts'
import { listTokens } from './list.ts'
import { revoke } from './revoke.ts'

const MADE: FlagTable = {
  ...JSON_OUTPUT,
  name: { kind: 'text', short: 'n' },
  expiry: { kind: 'duration', short: 'x' },
}
const list: Command = { flags: { ...APP, ...ORG, scope: { kind: 'text', short: 's' } }, run: listTokens }

export const TOKENS: Family = {
  'create deploy': { flags: { ...APP, ...MADE }, run: createDeploy },
  'create org': { flags: { ...ORG, ...MADE }, args: [0, 1], run: createOrg },
  'create readonly': {
    flags: { ...ORG, ...MADE, 'from-existing': { kind: 'yes-no' } },
    args: [0, 1],
    run: createReadonly,
  },
  'create ssh': { flags: { ...APP, ...MADE }, run: createSsh },
  'create machine-exec': {
    flags: { ...APP, ...MADE, command: { kind: 'list', short: 'C' }, 'command-prefix': { kind: 'list', short: 'p' } },
    args: [0, ANY],
    usage: '[command...]',
    run: createMachineExec,
  },
  list,
  ls: list,
  revoke: { flags: {}, args: [0, ANY], usage: 'ID ID ...', run: revoke },
}
