import { type FlyConfig, groupsOf, type Service } from './shape.ts'

const isPort = (port: number) => Number.isInteger(port) && port >= 1 && port <= 65_535

const AUTOSTOP = ['off', 'stop', 'suspend', 'true', 'false']
const HANDLERS = ['edge_http', 'http', 'pg_tls', 'proxy_proto', 'tls']

function portErrors({ ports, internal_port: inside }: Service): string[] {
  const inner = inside !== undefined && isPort(inside) ? [] : ['internal_port must be from 1 to 65535']
  const outer = ports.flatMap(({ port, start_port: first, end_port: last, handlers }) => [
    ...([port, first, last].every((one) => one === undefined || isPort(one)) ? [] : ['ports must be from 1 to 65535']),
    ...handlers.filter((handler) => !HANDLERS.includes(handler)).map((handler) => `handler '${handler}' is not known`),
  ])
  return [...inner, ...outer]
}

type Common = Pick<Service, 'auto_stop_machines' | 'min_machines_running' | 'concurrency' | 'processes'>

function commonErrors(config: FlyConfig, { auto_stop_machines: stop, concurrency, processes = [], ...rest }: Common) {
  const known = groupsOf(config)
  const { type, soft_limit: soft, hard_limit: hard } = concurrency ?? {}
  return [
    ...(stop !== undefined && !AUTOSTOP.includes(String(stop))
      ? [`auto_stop_machines '${stop}' is not off, stop or suspend`]
      : []),
    ...((rest.min_machines_running ?? 0) < 0 ? ['min_machines_running must not be negative'] : []),
    ...(type !== undefined && type !== 'connections' && type !== 'requests'
      ? [`concurrency type '${type}' is not connections or requests`]
      : []),
    ...(soft !== undefined && hard !== undefined && soft > hard
      ? ['concurrency: soft_limit must not exceed hard_limit']
      : []),
    ...(processes.length === 0 && known.length > 1
      ? ['service has no processes set but app has multiple process groups']
      : []),
    ...processes
      .filter((name) => !known.includes(name))
      .map(
        (name) => `service specifies '${name}' as one of its processes, but no processes are defined with that name`,
      ),
  ]
}

export function serviceErrors(config: FlyConfig): string[] {
  const { http_service: web, services } = config
  const ofWeb = web
    ? [...(isPort(web.internal_port) ? [] : ['internal_port must be from 1 to 65535']), ...commonErrors(config, web)]
    : []
  const others = services.flatMap((service, index) => {
    const protocol =
      service.protocol === 'tcp' || service.protocol === 'udp'
        ? []
        : [`protocol '${service.protocol}' is not tcp or udp`]
    return [...protocol, ...portErrors(service), ...commonErrors(config, service)].map(
      (problem) => `services[${index}]: ${problem}`,
    )
  })
  return [...ofWeb.map((problem) => `http_service: ${problem}`), ...others]
}
