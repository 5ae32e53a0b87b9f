import { choose, type Operation, write } from './ground.ts'
import { autostop, behave, connect, crash, fill, hang, host, migrate, pass, stick } from './incidents.ts'
import {
  create,
  createVolume,
  destroy,
  lease,
  mark,
  metadata,
  ofVolume,
  post,
  recreateApp,
  update,
  visit,
  wait,
} from './requests.ts'

/** Each as often as its number says, out of all together. */
const TIMES: [number, string, Operation][] = [
  [14, 'create', create],
  [10, 'update', update],
  [14, 'start', post('start')],
  [10, 'stop', post('stop', (n) => ({ signal: choose(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'], n), timeout: '3s' }))],
  [6, 'suspend', post('suspend')],
  [6, 'restart', post('restart')],
  [2, 'restart by force', post('restart?force_stop=true')],
  [4, 'signal', post('signal', (n) => ({ signal: choose(['SIGKILL', 'SIGTERM', 9, 'SIGHUP', 'QUIT'], n) }))],
  [4, 'destroy', destroy(false)],
  [3, 'destroy by force', destroy(true)],
  [5, 'lease', lease],
  [3, 'release', (ground, step) => write(ground, step, { method: 'DELETE', suffix: '/lease' })],
  [5, 'metadata', metadata],
  [2, 'mark', mark],
  [2, 'cordon', post('cordon')],
  [2, 'uncordon', post('uncordon')],
  [5, 'create volume', createVolume],
  [2, 'extend volume', ofVolume('PUT', '/extend', (n) => ({ size_gb: (n % 30) + 1 }))],
  [2, 'delete volume', ofVolume('DELETE', '', () => undefined)],
  [8, 'crash', crash],
  [4, 'behave', behave],
  [2, 'hang', hang],
  [2, 'stick', stick],
  [6, 'host', host],
  [2, 'fill host', fill],
  [2, 'migrate', migrate],
  [3, 'connect', connect],
  [2, 'autostop', autostop],
  [3, 'visit', visit],
  [2, 'wait', wait],
  [24, 'pass a moment', pass((n) => n % 700)],
  [8, 'pass seconds', pass((n) => n % 9_000)],
  [2, 'pass minutes', pass((n) => (n % 10) * 60_000)],
]

/** Rare, so that there is something to lose when they come. */
const RARE: [string, Operation][] = [
  ['delete app', recreateApp],
  ['pass hours', pass((n) => (n % 3) * 3_600_000)],
]

export const operations: ReadonlyMap<string, Operation> = new Map([
  ...TIMES.map(([, name, run]) => [name, run] as const),
  ...RARE,
])

export const names: readonly string[] = [
  ...Array.from({ length: 4 }, () =>
    TIMES.flatMap(([often, name]) => Array.from({ length: often }, () => name)),
  ).flat(),
  ...RARE.map(([name]) => name),
]
