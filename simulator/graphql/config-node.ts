import type { App } from '../world/types.ts'
import { configErrors } from './config/rules.ts'
import { FlyConfig, type Service } from './config/shape.ts'
import type { Context } from './context.ts'
import { serviceNodes } from './service-nodes.ts'

const upper = (word: string) => word.toUpperCase()

const wordsOf = ({ protocol, internal_port: port = 0, ports, concurrency }: Service) => ({
  description: `${upper(protocol)} ${ports.map((one) => one.port ?? '').join('/')} -> ${port}`,
  protocol: upper(protocol),
  internalPort: port,
  softConcurrency: concurrency?.soft_limit ?? 20,
  hardConcurrency: concurrency?.hard_limit ?? 25,
  ports: ports.map(({ port: outside = null, start_port: first = outside, end_port: last = outside, handlers }) => ({
    port: outside,
    startPort: first,
    endPort: last,
    handlers: handlers.map(upper),
  })),
})

/** A fly.toml as JSON, and what is wrong with it. */
export function judgedConfig(definition: unknown) {
  const errors = configErrors(definition)
  const read = FlyConfig.safeParse(definition)
  // The web service is short for one on ports 80 and 443 (Fly docs, configuration).
  const web = read.data?.http_service
  const short: Service[] = web
    ? [
        {
          protocol: 'tcp',
          internal_port: web.internal_port,
          concurrency: web.concurrency,
          ports: [
            { port: 80, handlers: ['http'] },
            { port: 443, handlers: ['tls', 'http'] },
          ],
          tcp_checks: [],
          http_checks: [],
        },
      ]
    : []
  const services = errors.length > 0 ? [] : [...short, ...(read.data?.services ?? [])].map(wordsOf)
  return { valid: errors.length === 0, errors, definition: definition ?? {}, services }
}

/** The configuration of a release of an app; the services are those its machines have now. */
export function configNode({ world }: Context, app: App, definition: unknown) {
  const machines = [...app.machines].flatMap((id) => world.machines.get(id) ?? [])
  const errors = definition === null || definition === undefined ? [] : configErrors(definition)
  return { valid: errors.length === 0, errors, definition: definition ?? {}, services: serviceNodes(machines) }
}
