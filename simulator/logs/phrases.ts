import type { Random } from '../world/random.ts'
import type { Machine } from '../world/types.ts'

export interface Phrase {
  level: string
  provider: string
  message: string
}

const FILES = [
  'src/main.ts',
  'src/server.ts',
  'src/routes/index.ts',
  'README.md',
  'src/lib/parse.ts',
  'test/app.test.ts',
  'package.json',
] as const
const PATHS = [
  '/',
  '/pricing',
  '/docs/start',
  '/v1/sessions',
  '/v1/projects',
  '/v1/files',
  '/api/health',
  '/assets/app.js',
] as const
const app = (level: string, message: string): Phrase => ({ level, provider: 'app', message })

const request = (random: Random) => {
  const status = random.next() < 0.93 ? 200 : random.pick([201, 304, 404, 500])
  const method = random.pick(['GET', 'GET', 'GET', 'POST', 'PUT'])
  return app(status === 500 ? 'error' : 'info', `${method} ${random.pick(PATHS)} ${status} in ${random.int(2, 180)} ms`)
}

const COMMON = [
  request,
  (random: Random) => app('debug', `heartbeat ok, rss ${random.int(90, 420)} MB, loop lag ${random.int(0, 9)} ms`),
  (random: Random) => app('warn', `slow query: ${random.int(400, 2900)} ms, retry ${random.int(1, 3)} of 5`),
  (random: Random) => app('error', `Error: connect ECONNREFUSED fdaa:2:8812:a7b::3:5432, attempt ${random.int(1, 5)}`),
  (random: Random) => ({
    level: 'info',
    provider: 'proxy',
    message: `machine is reachable, load ${random.int(1, 18)}`,
  }),
] as const

const WORKSPACE = [
  ...COMMON,
  (random: Random) => app('info', `saved ${random.pick(FILES)}, ${random.int(40, 9000)} bytes`),
  (random: Random) => app('info', `\u001b[32m✓\u001b[39m built in ${random.int(120, 2400)} ms`),
  (random: Random) => app('info', `language server ready, ${random.int(20, 900)} files indexed`),
  (random: Random) => app('debug', `autosave skipped, ${random.pick(FILES)} is unchanged`),
  (random: Random) => app('info', `GET /terminal 101 upgraded, session t_${random.hex(4)}`),
] as const

const BUILDER = [
  (random: Random) => app('info', `#${random.int(4, 19)} [build ${random.int(2, 9)}/9] RUN npm ci`),
  (random: Random) => app('debug', `cache: ${random.int(10, 46)} GB of 50 GB used`),
] as const

/** Half of the time the first of the list, else any of the others. */
function pick(random: Random, makers: readonly ((random: Random) => Phrase)[]): Phrase {
  const [first, ...rest] = makers
  if (!first) throw new Error('There is nothing to say.')
  if (rest.length === 0 || random.next() < 0.5) return first(random)
  return random.pick(rest)(random)
}

/** Something the program of this machine might print. */
export function phraseFor(machine: Machine, random: Random): Phrase {
  if (machine.app.startsWith('fly-builder-')) return pick(random, BUILDER)
  const phrase = pick(random, machine.config.metadata?.user_id === undefined ? COMMON : WORKSPACE)
  // Errors of healthy machines are rare.
  const rare = phrase.level === 'error' || phrase.level === 'warn'
  return rare && random.next() < 0.7 ? request(random) : phrase
}

/** What a program prints when it dies of a missing module. */
export const LAST_WORDS = [
  'node:internal/modules/cjs/loader:1424',
  '  throw err;',
  '  ^',
  '',
  "Error: Cannot find module '/app/server/dist/index.js'",
  '    at Module._resolveFilename (node:internal/modules/cjs/loader:1421:15)',
  '    at defaultResolveImpl (node:internal/modules/cjs/loader:1059:19)',
  "  code: 'MODULE_NOT_FOUND',",
  '  requireStack: []',
  '}',
  '',
  'Node.js v24.11.0',
]
