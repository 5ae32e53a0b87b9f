import type { Voice } from '../machines/run-book.ts'
import type { Random } from '../world/random.ts'
import type { LogLine } from '../world/types.ts'

/** A line without its place. */
export interface Phrase extends Omit<LogLine, 'at' | 'timestamp' | 'instance' | 'region'> {
  /** Nanoseconds by which it was printed before it came. */
  late?: number
}

/** What a program says in one breath. */
export type Words = (voice: Voice, random: Random) => Phrase[]
type Maker = (random: Random) => Phrase[]

export const said = (level: string, message: string): Phrase => ({ level, provider: 'app', message })
const line = (level: string, message: string): Phrase[] => [said(level, message)]

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

const request = (random: Random): Phrase[] => {
  const status = random.next() < 0.93 ? 200 : random.pick([201, 304, 404, 500])
  const method = random.pick(['GET', 'GET', 'GET', 'POST', 'PUT'])
  const took = `${random.int(2, 180)} ms`
  return line(status === 500 ? 'error' : 'info', `${method} ${random.pick(PATHS)} ${status} in ${took}`)
}

/** A program that failed in a request: every line of the trace is an entry of its own, as at Fly. */
export const stackTrace: Maker = (random) =>
  [
    `Error: Cannot read properties of undefined (reading '${random.pick(['id', 'user', 'length', 'map'])}')`,
    ...Array.from({ length: random.int(3, 9) }, () => {
      const place = `${random.int(3, 400)}:${random.int(1, 60)}`
      return `    at ${random.pick(['render', 'handle', 'Object.save', 'async load'])} (/app/${random.pick(FILES)}:${place})`
    }),
  ].map((message) => said('error', message))

/** The proxy about a request that came to nothing; words and codes as users of Fly report them. */
export const proxyError: Maker = (random) => {
  const path = random.pick(PATHS)
  const message = 'could not complete HTTP request to instance: connection closed before message completed'
  return [
    {
      level: 'error',
      provider: 'proxy',
      message: `[PU02] ${message}`,
      request: {
        id: `01${random.hex(24).toUpperCase()}-iad`,
        method: random.pick(['GET', 'POST']),
        version: random.pick(['h2', '1.1']),
        url: `https://app.fly.dev${path}`,
        status: 502,
      },
      error: { code: 2, message },
    },
  ]
}

/** One structured line, as most log libraries print them. */
export const jsonLine: Maker = (random) =>
  line(
    'info',
    JSON.stringify({ level: 30, msg: 'request done', path: random.pick(PATHS), ms: random.int(1, 900), ok: true }),
  )

const FROM_FAR = ['登录成功：用户 8812', 'ユーザーがファイルを保存しました', 'تم حفظ الملف بنجاح', 'deployed 🚀 in 4 s']

const COMMON: readonly Maker[] = [
  request,
  (random) => line('debug', `heartbeat ok, rss ${random.int(90, 420)} MB, loop lag ${random.int(0, 9)} ms`),
  (random) => line('warn', `slow query: ${random.int(400, 2900)} ms, retry ${random.int(1, 3)} of 5`),
  (random) => line('error', `Error: connect ECONNREFUSED fdaa:2:8812:a7b::3:5432, attempt ${random.int(1, 5)}`),
  (random) => [{ level: 'info', provider: 'proxy', message: `machine is reachable, load ${random.int(1, 18)}` }],
]

const RARE: readonly Maker[] = [stackTrace, proxyError, jsonLine, (random) => line('info', random.pick(FROM_FAR))]

const WORKSPACE: readonly Maker[] = [
  ...COMMON,
  (random) => line('info', `saved ${random.pick(FILES)}, ${random.int(40, 9000)} bytes`),
  (random) => line('info', `\u001b[32m✓\u001b[39m built in ${random.int(120, 2400)} ms`),
  (random) => line('info', `language server ready, ${random.int(20, 900)} files indexed`),
  (random) => line('debug', `autosave skipped, ${random.pick(FILES)} is unchanged`),
  (random) => line('info', `GET /terminal 101 upgraded, session t_${random.hex(4)}`),
]

const BUILDER: readonly Maker[] = [(random) => line('debug', `cache: ${random.int(10, 46)} GB of 50 GB used`)]

/** Half of the time the first of the list, else any of the others. */
function pick(random: Random, makers: readonly Maker[]): Phrase[] {
  const [first, ...rest] = makers
  if (!first) throw new Error('There is nothing to say.')
  if (rest.length === 0 || random.next() < 0.5) return first(random)
  return random.pick(rest)(random)
}

/** Share of what a program says that is out of the ordinary: some in an hour of one machine. */
const RARELY = 0.012

/** What the programs of a product say; errors of healthy ones are rare. */
export const storyWords: Words = (voice, random) => {
  if (voice === 'builder') return pick(random, BUILDER)
  if (random.next() < RARELY) return random.pick(RARE)(random)
  const phrases = pick(random, voice === 'workspace' ? WORKSPACE : COMMON)
  const isRare = phrases.some(({ level }) => level === 'error' || level === 'warn')
  return isRare && random.next() < 0.7 ? request(random) : phrases
}

/** One short line a time: for counting. */
export const plainWords: Words = (_voice, random) => request(random)

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
