import { field, list, text } from '../api.ts'

/** Names of the process groups of fly.toml, sorted; `app` when it names none. */
export function processNames(config: unknown): string[] {
  const names = Object.keys(members(field(config, 'processes'))).sort()
  return names.length === 0 ? ['app'] : names
}

/** The group that sections without `processes` belong to. */
export function defaultGroup(config: unknown): string {
  const names = processNames(config)
  return names.includes('app') ? 'app' : (names[0] ?? 'app')
}

/** The part of fly.toml that one process group is made of. */
export interface Group {
  name: string
  /** Words of its command; undefined = what the image runs. */
  command: string[] | undefined
  services: Section[]
  checks: [string, Section][]
  mounts: Section[]
  restart: Section | undefined
  files: Section[]
  metrics: Section | undefined
  /** Its `[[vm]]`; one without `processes` is for all groups. */
  vm: Section | undefined
}

export type Section = Record<string, unknown>

export function groupOf(config: unknown, name: string): Group {
  const belongs = (section: Section) => {
    const groups = list(section.processes)
    return groups.length === 0 ? name === defaultGroup(config) : groups.includes(name)
  }
  const tables = (key: string) => tablesOf(config, key).filter(belongs)
  const http = tablesOf(config, 'http_service').filter(belongs).map(httpService)
  const vms = [...tablesOf(config, 'vm'), ...tablesOf(config, 'compute')]
  const named = vms.find((vm) => list(vm.processes).includes(name))
  return {
    name,
    command: splitCommand(text(field(config, 'processes'), name)),
    services: [...http, ...tables('services')],
    checks: Object.entries(members(field(config, 'checks')))
      .map(([check, section]): [string, Section] => [check, members(section)])
      .filter(([, section]) => belongs(section)),
    mounts: [...tables('mounts'), ...tables('mount')],
    restart: tables('restart').at(-1),
    files: tables('files'),
    metrics: [...tables('metrics'), ...tables('metric')][0],
    vm: named ?? vms.find((vm) => list(vm.processes).length === 0),
  }
}

/** `[http_service]` as the service it stands for. */
const httpService = (http: Section): Section => ({
  ...http,
  protocol: 'tcp',
  http_checks: http.checks,
  ports: [
    {
      port: 80,
      handlers: ['http'],
      ...(http.force_https === true && { force_https: true }),
      ...options(http, ['http']),
    },
    { port: 443, handlers: ['http', 'tls'], ...options(http, ['http', 'tls']) },
  ],
})

const options = (http: Section, kinds: string[]): Section =>
  Object.fromEntries(
    kinds.flatMap((kind) => {
      const value = http[`${kind}_options`]
      return value === undefined ? [] : [[`${kind}_options`, value]]
    }),
  )

/** `[x]` and `[[x]]` mean the same. */
export function tablesOf(config: unknown, key: string): Section[] {
  const value = field(config, key)
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]).map(members)
}

export const members = (value: unknown): Section =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}

const WORD = /"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g

/** Words as a shell would split them. */
export function splitCommand(command: string | undefined): string[] | undefined {
  if (command === undefined || command === '') return undefined
  return [...command.matchAll(WORD)].map(([, double, single, bare]) => double ?? single ?? bare ?? '')
}
