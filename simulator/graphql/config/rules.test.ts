import { expect, test } from 'vitest'
import { configErrors } from './rules.ts'

const errors = (definition: Record<string, unknown>) => configErrors({ app: 'a', ...definition })

test('a usual configuration is valid', () => {
  const usual = {
    primary_region: 'fra',
    kill_signal: 'SIGINT',
    kill_timeout: 5,
    env: { LOG_LEVEL: 'debug', PORT: 8080 },
    deploy: { release_command: "bin/rails 'db migrate'", strategy: 'rolling' },
    http_service: { internal_port: 8080, auto_stop_machines: 'stop', checks: [{ interval: '10s', path: '/health' }] },
    mounts: [
      {
        source: 'd',
        destination: '/d',
        initial_size: '10gb',
        auto_extend_size_threshold: 80,
        auto_extend_size_increment: '1GB',
      },
    ],
    vm: [{ size: 'shared-cpu-2x', memory: '1gb' }],
    restart: [{ policy: 'on-failure', retries: 3 }],
  }
  expect(errors(usual)).toEqual([])
  expect(errors({})).toEqual([])
})

/** One mistake each, and a word of what is said about it. */
const MISTAKES: [mistake: string, definition: Record<string, unknown>, said: RegExp][] = [
  ['an unknown signal', { kill_signal: 'SIGHUP' }, /kill_signal 'SIGHUP'/],
  ['too long a grace', { kill_timeout: '6m' }, /300 seconds/],
  ['a name of the platform', { env: { FLY_APP_NAME: 'x' } }, /FLY_APP_NAME/],
  ['a command that does not split', { deploy: { release_command: "echo 'hi" } }, /shell split release_command/],
  ['a process that does not split', { processes: { web: 'run "it' } }, /shell split web/],
  ['an unknown strategy', { deploy: { strategy: 'yolo' } }, /unsupported deployment strategy 'yolo'/],
  ['canary with volumes', { deploy: { strategy: 'canary' }, mounts: { source: 'd', destination: '/d' } }, /canary/],
  ['a check without a port', { checks: { up: { type: 'http' } } }, /checks\.up: type and port/],
  ['a check too often', { checks: { up: { type: 'tcp', port: 80, interval: 1000 } } }, /at least 2 seconds/],
  ['a check too long', { checks: { up: { type: 'tcp', port: 80, timeout: '61s' } } }, /at most 60 seconds/],
  [
    'a service for nobody in particular',
    { processes: { web: 'a', worker: 'b' }, http_service: {} },
    /multiple process groups/,
  ],
  [
    'a service for a stranger',
    { services: [{ internal_port: 80, processes: ['web'] }] },
    /'web' as one of its processes/,
  ],
  ['a port that is none', { services: [{ internal_port: 0 }] }, /internal_port/],
  [
    'an unknown handler',
    { services: [{ internal_port: 1, ports: [{ port: 80, handlers: ['smtp'] }] }] },
    /handler 'smtp'/,
  ],
  ['an unknown autostop', { http_service: { auto_stop_machines: 'sleep' } }, /auto_stop_machines 'sleep'/],
  ['a volume at the root', { mounts: [{ source: 'd', destination: '/' }] }, /must not be \//],
  ['a volume kept too long', { mounts: [{ source: 'd', destination: '/d', snapshot_retention: 61 }] }, /from 1 to 60/],
  [
    'half an extension',
    { mounts: [{ source: 'd', destination: '/d', auto_extend_size_threshold: 80 }] },
    /set together/,
  ],
  [
    'two volumes for one group',
    {
      mounts: [
        { source: 'a', destination: '/a' },
        { source: 'b', destination: '/b' },
      ],
    },
    /more than one \[\[mounts\]\]/,
  ],
  ['an unknown size', { vm: { size: 'huge' } }, /'huge' is an invalid machine size/],
  ['too little memory', { vm: { size: 'performance-1x', memory: '512mb' } }, /memory_mb is too low/],
  ['an unknown policy', { restart: { policy: 'sometimes' } }, /restart policy 'sometimes'/],
  ['an unknown group', { restart: { policy: 'always', processes: ['ghost'] } }, /process group 'ghost'/],
  ['an unknown compression', { build: { compression: 'zip' } }, /gzip or zstd/],
  [
    'too many statics',
    { statics: Array.from({ length: 11 }, () => ({ guest_path: '/a', url_prefix: '/b' })) },
    /at most 10/,
  ],
  ['a file from two places', { files: [{ guest_path: '/f', raw_value: 'a', secret_name: 'B' }] }, /one of raw_value/],
  ['a table that is a word', { http_service: 'yes' }, /http_service/],
]

test.each(MISTAKES)('%s is refused, and nothing else is said', (_mistake, definition, said) => {
  const found = errors(definition)
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(said)
})

test('what is no table at all is refused', () => {
  for (const nothing of [null, 5, 'app = "a"', []]) expect(configErrors(nothing)).not.toEqual([])
})
