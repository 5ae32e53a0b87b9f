import { z } from 'zod'
import type { MachineConfig } from '../machines/config.ts'
import type { Machine } from '../world/types.ts'

type Service = NonNullable<MachineConfig['services']>[number]

const Limits = z.looseObject({
  concurrency: z.looseObject({ soft_limit: z.int().optional(), hard_limit: z.int().optional() }).nullish(),
})
const HANDLERS = ['EDGE_HTTP', 'HTTP', 'PG_TLS', 'PROXY_PROTO', 'TLS']

function serviceNode(service: Service) {
  const { protocol = 'tcp', internal_port: internalPort, ports = [] } = service
  const { soft_limit: soft = 20, hard_limit: hard = 25 } = Limits.safeParse(service).data?.concurrency ?? {}
  return {
    description: `${protocol.toUpperCase()} ${ports.map(({ port }) => port ?? '').join('/')} -> ${internalPort}`,
    protocol: protocol.toUpperCase(),
    internalPort,
    softConcurrency: soft,
    hardConcurrency: hard,
    ports: ports.map(({ port = null, handlers }) => ({
      port,
      startPort: port,
      endPort: port,
      handlers: (handlers ?? [])
        .map((handler) => handler.toUpperCase())
        .filter((handler) => HANDLERS.includes(handler)),
    })),
  }
}

/** Services of an app: those of its first machine, as all of a group have the same. */
export const serviceNodes = ([machine]: Machine[]) => (machine?.config.services ?? []).map(serviceNode)
