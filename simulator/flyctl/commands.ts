import type { Command, Family } from './command.ts'
import { FlyctlError } from './failure.ts'
import { GLOBAL } from './flags.ts'

/** A command that was found, and what of the command line is left for it. */
export interface Call {
  name: string
  command: Command
  rest: readonly string[]
}

/** Each is loaded when it is called: `version` must not wait for a deploy. */
const FAMILIES: Readonly<Record<string, () => Promise<Family>>> = {
  apps: async () => (await import('./apps/commands.ts')).APPS,
  auth: async () => (await import('./session/auth.ts')).AUTH,
  certs: async () => (await import('./certs/commands.ts')).CERTS,
  config: async () => (await import('./config/commands.ts')).CONFIG,
  deploy: async () => (await import('./deploy-command.ts')).DEPLOY,
  doctor: async () => (await import('./session/doctor.ts')).DOCTOR,
  image: async () => (await import('./apps/image.ts')).IMAGE,
  ips: async () => (await import('./ips/commands.ts')).IPS,
  logs: async () => (await import('./logs.ts')).LOGS,
  machine: async () => (await import('./machine/commands.ts')).MACHINE,
  orgs: async () => (await import('./session/orgs.ts')).ORGS,
  platform: async () => (await import('./platform/commands.ts')).PLATFORM,
  proxy: async () => (await import('./proxy.ts')).PROXY,
  releases: async () => (await import('./apps/releases.ts')).RELEASES,
  scale: async () => (await import('./scale/commands.ts')).SCALE,
  secrets: async () => (await import('./secrets/commands.ts')).SECRETS,
  ssh: async () => (await import('./ssh-command.ts')).SSH,
  status: async () => (await import('./status.ts')).STATUS,
  tokens: async () => (await import('./tokens/commands.ts')).TOKENS,
  version: async () => (await import('./version.ts')).VERSION,
  volumes: async () => (await import('./volumes/commands.ts')).VOLUMES,
}

const ALIASES: Readonly<Record<string, string>> = {
  ...{ app: 'apps', cert: 'certs', certificates: 'certs', ip: 'ips', log: 'logs', machines: 'machine', m: 'machine' },
  ...{ org: 'orgs', secret: 'secrets', token: 'tokens', vol: 'volumes', volume: 'volumes', '-v': 'version' },
  '--version': 'version',
}

/** undefined = help was wanted, and given. */
export async function findCommand(args: readonly string[], stdout: (line: string) => void): Promise<Call | undefined> {
  const [first = '', ...more] = withoutGlobals(args)
  if (['', 'help', '-h', '--help'].includes(first)) return show(topics(), stdout)
  const word = ALIASES[first] ?? first
  const family = await FAMILIES[word]?.()
  if (!family) {
    stdout(`Run 'flyctl --help' for usage.\n`)
    throw new FlyctlError(`unknown command ${JSON.stringify(first)} for "flyctl"`)
  }
  const call = within({ word, family, args: more })
  if (!call) return show(['Usage:', `  flyctl ${word} [command]`, '', 'Available Commands:', ...names(family)], stdout)
  return call
}

/** The command with the most words: `volumes snapshots list` before `volumes`. */
function within({ word, family, args }: { word: string; family: Family; args: readonly string[] }): Call | undefined {
  for (const count of [2, 1, 0]) {
    const key = args.slice(0, count).join(' ')
    const command = family[key]
    if (command) return { name: [word, key].filter(Boolean).join(' '), command, rest: args.slice(count) }
  }
  return undefined
}

/** `flyctl -t TOKEN status` is `flyctl status -t TOKEN`. */
function withoutGlobals(args: readonly string[]): readonly string[] {
  const [first = ''] = args
  const takesValue = first === '-t' || first === '--access-token'
  const isGlobal = takesValue || (first.startsWith('--') && GLOBAL[first.slice(2).split('=')[0] ?? ''] !== undefined)
  if (!isGlobal || first === '--help') return args
  const count = takesValue ? 2 : 1
  return [...withoutGlobals(args.slice(count)), ...args.slice(0, count)]
}

const topics = (): string[] => ['Usage:', '  flyctl [command]', '', 'Available Commands:', ...names(FAMILIES)]
const names = (table: Readonly<Record<string, unknown>>): string[] => Object.keys(table).map((name) => `  ${name}`)

function show(lines: readonly string[], stdout: (line: string) => void): undefined {
  for (const line of lines) stdout(line)
}
