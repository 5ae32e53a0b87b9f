import { ANY, type Command, type Family } from '../command.ts'
import { APP, DETACH, type FlagTable, JSON_OUTPUT, QUIET, REGION, VM_SIZE, YES } from '../flags.ts'
import { clone } from './clone.ts'
import { cordon, uncordon } from './cordon.ts'
import { destroy } from './destroy.ts'
import { exec } from './exec.ts'
import { clearLeases, viewLeases } from './leases.ts'
import { listAll } from './list.ts'
import { run } from './run.ts'
import { status } from './status.ts'
import { update } from './update.ts'
import { kill, restart, start, stop, suspend } from './verbs.ts'
import { wait } from './wait-command.ts'

/** Hidden, and without effect today. */
const SELECT: FlagTable = { select: { kind: 'yes-no' } }
const HERE: FlagTable = { ...APP, ...SELECT }
const TIMEOUT: FlagTable = { 'wait-timeout': { kind: 'duration', short: 'w' } }
const SIGNAL: FlagTable = { signal: { kind: 'text', short: 's' } }

const many = (runs: Command['run'], flags: FlagTable = {}): Command => ({
  flags: { ...HERE, ...flags },
  args: [0, ANY],
  usage: '[<id>...]',
  run: runs,
})
const one = (runs: Command['run'], flags: FlagTable = {}): Command => ({
  ...many(runs, flags),
  args: [0, 1],
  usage: '[id]',
})

/** What describes a machine, in `run` and `update`. */
const CONFIG: FlagTable = {
  ...VM_SIZE,
  ...DETACH,
  env: { kind: 'list', short: 'e' },
  metadata: { kind: 'list', short: 'm' },
  port: { kind: 'list', short: 'p' },
  command: { kind: 'text', short: 'C' },
  entrypoint: { kind: 'text' },
  restart: { kind: 'text' },
  schedule: { kind: 'text' },
  autostart: { kind: 'yes-no' },
  autostop: { kind: 'text' },
  'machine-config': { kind: 'text' },
}

const list: Command = { flags: { ...APP, ...JSON_OUTPUT, ...QUIET }, run: listAll }
const gone = many(destroy, { force: { kind: 'yes-no', short: 'f' }, image: { kind: 'text', short: 'i' } })

export const MACHINE: Family = {
  list,
  ls: list,
  status: one(status, { 'display-config': { kind: 'yes-no', short: 'd' } }),
  start: many(start),
  stop: many(stop, { ...SIGNAL, ...TIMEOUT, timeout: { kind: 'number' } }),
  restart: many(restart, {
    ...SIGNAL,
    force: { kind: 'yes-no' },
    time: { kind: 'number' },
    'skip-health-checks': { kind: 'yes-no' },
  }),
  suspend: many(suspend, TIMEOUT),
  kill: one(kill),
  destroy: gone,
  remove: gone,
  rm: gone,
  run: {
    flags: {
      ...HERE,
      ...REGION,
      ...CONFIG,
      name: { kind: 'text', short: 'n' },
      volume: { kind: 'list', short: 'v' },
      rm: { kind: 'yes-no' },
      org: { kind: 'text' },
    },
    args: [0, ANY],
    usage: '<image> [command]',
    run,
  },
  clone: one(clone, {
    ...REGION,
    ...DETACH,
    ...VM_SIZE,
    name: { kind: 'text' },
    'from-snapshot': { kind: 'text' },
    'attach-volume': { kind: 'text' },
    'clear-cmd': { kind: 'yes-no' },
    'clear-auto-destroy': { kind: 'yes-no' },
    'override-cmd': { kind: 'text' },
    'standby-for': { kind: 'list' },
    'volume-requires-unique-zone': { kind: 'yes-no' },
  }),
  update: one(update, {
    ...YES,
    ...CONFIG,
    image: { kind: 'text', short: 'i' },
    'skip-health-checks': { kind: 'yes-no' },
    'skip-start': { kind: 'yes-no' },
    'wait-timeout': { kind: 'number' },
    'mount-point': { kind: 'text' },
  }),
  exec: {
    ...many(exec, {
      ...JSON_OUTPUT,
      timeout: { kind: 'number' },
      container: { kind: 'text' },
      'no-container': { kind: 'yes-no' },
    }),
    args: [1, 2],
    usage: '[machine-id] <command>',
  },
  cordon: many(cordon),
  uncordon: many(uncordon),
  'leases view': many(viewLeases, JSON_OUTPUT),
  'leases clear': many(clearLeases),
  wait: one(wait, { ...TIMEOUT, state: { kind: 'text' } }),
}
