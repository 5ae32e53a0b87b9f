import { list } from '../api.ts'
import { type Group, members, type Section } from './groups.ts'

/** Services and checks of a group as the Machines API wants them. */
export const machineServices = ({ services }: Group): Section[] => services.map(machineService)

const STOP: Readonly<Record<string, string>> = { true: 'stop', false: 'off' }

function machineService(service: Section): Section {
  const checks = [
    ...list(service.tcp_checks).map((check) => ({ type: 'tcp', ...timing(members(check)) })),
    ...list(service.http_checks).map((check) => httpCheck(members(check))),
  ]
  const stop = service.auto_stop_machines
  return compact({
    protocol: service.protocol ?? 'tcp',
    internal_port: service.internal_port ?? 8080,
    autostop: stop === undefined ? undefined : (STOP[String(stop)] ?? stop),
    autostart: service.auto_start_machines,
    min_machines_running: service.min_machines_running,
    ports: service.ports,
    concurrency: service.concurrency,
    checks: checks.length > 0 ? checks : undefined,
  })
}

const timing = ({ interval, timeout, grace_period }: Section): Section => compact({ interval, timeout, grace_period })

const httpCheck = (check: Section): Section =>
  compact({
    type: 'http',
    ...timing(check),
    method: check.method,
    path: check.path,
    protocol: check.protocol,
    tls_skip_verify: check.tls_skip_verify,
    headers: headersOf(check.headers),
  })

function headersOf(headers: unknown): Section[] | undefined {
  const entries = Object.entries(members(headers))
  return entries.length === 0 ? undefined : entries.map(([name, value]) => ({ name, values: [String(value)] }))
}

/** Top-level `[checks]`; one without a port takes that of the http service. */
export function machineChecks({ checks, services }: Group): Section | undefined {
  if (checks.length === 0) return undefined
  const made = checks.map(([name, check]): [string, Section] => [
    name,
    { ...httpCheck(check), type: check.type, ...compact({ port: check.port ?? services[0]?.internal_port }) },
  ])
  return Object.fromEntries(made)
}

/** Without the members nobody set. */
export const compact = (section: Section): Section =>
  Object.fromEntries(Object.entries(section).filter(([, value]) => value !== undefined))
