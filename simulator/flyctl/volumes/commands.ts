import { ANY, type Command, type Family } from '../command.ts'
import { APP, type FlagTable, JSON_OUTPUT, REGION, VM_SIZE, YES } from '../flags.ts'
import { extend, fork, update } from './change.ts'
import { create } from './create.ts'
import { destroy } from './destroy.ts'
import { listAll, show } from './read.ts'
import { createSnapshot, listSnapshots } from './snapshots.ts'

const one = (run: Command['run'], flags: FlagTable = {}): Command => ({
  flags: { ...APP, ...JSON_OUTPUT, ...flags },
  args: [0, 1],
  usage: '<volume id>',
  run,
})
const ZONES: FlagTable = { 'require-unique-zone': { kind: 'yes-no' }, 'unique-zone-app-wide': { kind: 'yes-no' } }
const SNAPSHOTS: FlagTable = { 'snapshot-retention': { kind: 'number' }, 'scheduled-snapshots': { kind: 'yes-no' } }
const list: Command = { flags: { ...APP, ...JSON_OUTPUT, all: { kind: 'yes-no' } }, run: listAll }
const gone: Command = { flags: { ...APP, ...YES }, args: [0, ANY], usage: '<volume id> ...', run: destroy }

export const VOLUMES: Family = {
  list,
  ls: list,
  show: one(show),
  create: {
    flags: {
      ...{ ...APP, ...JSON_OUTPUT, ...REGION, ...YES, ...VM_SIZE, ...ZONES, ...SNAPSHOTS },
      count: { kind: 'number', short: 'n' },
      size: { kind: 'number', short: 's' },
      'snapshot-id': { kind: 'text' },
      'no-encryption': { kind: 'yes-no' },
    },
    args: [1, 1],
    usage: '<volume name>',
    run: create,
  },
  extend: one(extend, { ...YES, size: { kind: 'text', short: 's' } }),
  update: one(update, SNAPSHOTS),
  fork: one(fork, { ...REGION, ...VM_SIZE, ...ZONES, name: { kind: 'text', short: 'n' } }),
  destroy: gone,
  delete: gone,
  rm: gone,
  'snapshots list': one(listSnapshots),
  'snapshots ls': one(listSnapshots),
  'snapshots create': one(createSnapshot),
}
