import type { Random } from '../world/random.ts'
import { jsonLine, type Phrase, proxyError, said, stackTrace, type Words } from './words.ts'

type Maker = (random: Random) => Phrase[]

const ESC = '\u001b'
const BEL = '\u0007'
/** A line of a program that prints a file in one go, and one that prints a bundle. */
const LONG = 64 * 1024
const HUGE = 1024 * 1024
const HUGE_EVERY = 200

/** Every control character of C0 and C1, NUL first, DEL in the middle. */
const CONTROLS = Array.from({ length: 65 }, (_, code) => String.fromCharCode(code < 32 ? code : code + 95)).join('')

const one =
  (...messages: string[]): Maker =>
  (random) => [said(random.pick(['info', 'warn', 'error']), random.pick(messages))]

const ESCAPES = one(
  `${ESC}[1;31mred ${ESC}[4;38;5;208munderlined orange ${ESC}[48;2;10;200;30mtrue colour${ESC}[0m`,
  `${ESC}[7m${ESC}[5m${ESC}[8mreverse, blinking, hidden and never reset`,
  `${ESC}[2K${ESC}[1G[####------] 40 %${ESC}[1A${ESC}[2K`,
  `${ESC}[2J${ESC}[H${ESC}[3Jthe screen is cleared`,
  `${ESC}[?1049h${ESC}[?25l${ESC}[?1000halternate screen, no cursor, mouse on`,
  `${ESC}[6n${ESC}[c${ESC}Z asks the terminal who it is`,
  `${ESC}[999999999;999999999H${ESC}[38;5;;;;;;m${ESC}[`,
)

const COMMANDS = one(
  `${ESC}]0;pwned title${BEL}title`,
  `${ESC}]8;;javascript:alert(1)${ESC}\\link${ESC}]8;;${ESC}\\`,
  `${ESC}]52;c;cm0gLXJmIH4=${BEL}clipboard`,
  `${ESC}]1337;File=inline=1:AAAA${BEL}`,
  `${ESC}P1$r0m${ESC}\\ ${ESC}_apc${ESC}\\ ${ESC}^pm${ESC}\\`,
  `${ESC}]0;never ended`,
)

/** What is left of bytes that were no UTF-8 when a JSON API carries them. */
const BROKEN = one(
  'caf\ufffd \ufffd\ufffd(\ufffd',
  'lone \ud83d surrogate',
  '\udc00\ud800 swapped',
  '\ufeffwith a mark',
)

const SCRIPTS = one(
  '👩‍👩‍👧‍👦 🏳️‍🌈 🇺🇳 👍🏽 e\u0301 a\u0300\u0301\u0302\u0303\u0304\u0305\u0306',
  '漢字かなカナ한글 ｆｕｌｌｗｉｄｔｈ',
  'قال \u202eevil.txt\u202c שלום \u2067mixed\u2069 עברית',
  'zero\u200bwidth\u200d\u2060joiner \u00ad soft \u2028 line \u2029 paragraph',
)

const ENDS = one(
  '',
  ' ',
  '\t',
  'with a carriage return\r',
  'first\r\nsecond\r\n',
  'a\nb\n\nc',
  '10 %\r20 %\r30 %',
  '\n',
)

const TRAPS = one(
  '<img src=x onerror=alert(1)><script>alert(2)</script>',
  '"}],"meta":{"next_token":"0"}}',
  '__proto__ constructor toString %s %d %n #{7*7} {{7*7}}',
  '{"level":"info","msg":"half of a line of JS',
  '{"level":"fatal","time":"yesterday","nested":{"a":[1,{"b":null}]},"dup":1,"dup":2}',
  '../../etc/passwd; rm -rf / | $(reboot) `id`',
)

const LEVELS: Maker = (random) => [
  said(random.pick(['', 'WARNING', 'fatal', 'trace', 'Error', '5', 'notice']), 'a level nobody expected'),
]

const long: Maker = (random) => {
  const length = random.int(1, HUGE_EVERY) === 1 ? HUGE : LONG
  const piece = random.pick(['x', 'spaces to break at ', '長い', `${ESC}[3${random.int(1, 7)}mcolour `])
  return [said('info', piece.repeat(Math.ceil(length / piece.length)).slice(0, length))]
}

/** Many lines of one and the same nanosecond. */
const burst: Maker = (random) =>
  Array.from({ length: random.int(2, 40) }, (_, place) => ({
    ...said('info', `burst, line ${place} of one moment`),
    ...(place > 0 ? { late: place } : {}),
  }))

/** Told after lines that are younger: it stood in a buffer for up to so many nanoseconds. */
const LATEST = 4_000_000_000
const late: Maker = (random) => [{ ...said('info', 'a line that comes late'), late: random.int(1, LATEST) }]

const MAKERS: readonly Maker[] = [
  ESCAPES,
  COMMANDS,
  BROKEN,
  SCRIPTS,
  ENDS,
  TRAPS,
  LEVELS,
  one(CONTROLS, `before\u0000after`),
  stackTrace,
  jsonLine,
  proxyError,
  burst,
  late,
]

/** A long line is one of so many: most of what there is to read is still short. */
const LONG_EVERY = 40

/** Everything that breaks a log viewer. What of it Fly would carry is guessed, but for the escapes. */
export const hostileWords: Words = (_voice, random) =>
  random.int(1, LONG_EVERY) === 1 ? long(random) : random.pick(MAKERS)(random)
