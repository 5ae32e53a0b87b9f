import { ANY, type Command, type Family } from '../command.ts'
import { JSON_OUTPUT, ORG, QUIET, YES } from '../flags.ts'
import { create } from './create.ts'
import { destroy } from './destroy.ts'
import { listAll } from './list.ts'

const list: Command = { flags: { ...JSON_OUTPUT, ...ORG, ...QUIET }, run: listAll }
const gone: Command = { flags: YES, args: [1, ANY], usage: '<app name(s)>', run: destroy }

export const APPS: Family = {
  list,
  ls: list,
  create: {
    flags: {
      ...JSON_OUTPUT,
      ...ORG,
      ...YES,
      name: { kind: 'text' },
      network: { kind: 'text' },
      'generate-name': { kind: 'yes-no' },
      save: { kind: 'yes-no' },
    },
    args: [0, 1],
    usage: '<app name>',
    run: create,
  },
  destroy: gone,
  delete: gone,
  remove: gone,
  rm: gone,
}
