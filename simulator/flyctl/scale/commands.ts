import type { Family } from '../command.ts'
import { APP, type FlagTable, JSON_OUTPUT, REGION, VM_SIZE, YES } from '../flags.ts'
import { count } from './count.ts'
import { show } from './show.ts'
import { memory, vm } from './vertical.ts'

const GROUP: FlagTable = { ...APP, 'process-group': { kind: 'text', short: 'g' } }

export const SCALE: Family = {
  show: { flags: { ...APP, ...JSON_OUTPUT }, run: show },
  count: {
    flags: {
      ...{ ...GROUP, ...REGION, ...YES, ...VM_SIZE },
      env: { kind: 'list', short: 'e' },
      'from-snapshot': { kind: 'text' },
      'max-per-region': { kind: 'number' },
      'with-new-volumes': { kind: 'yes-no' },
    },
    args: [1, 1],
    usage: '[count]',
    run: count,
  },
  vm: { flags: { ...GROUP, 'vm-memory': { kind: 'number' } }, args: [1, 1], usage: '[size]', run: vm },
  memory: { flags: GROUP, args: [1, 1], usage: '[memoryMB]', run: memory },
}
