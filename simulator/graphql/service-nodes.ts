import type { MachineConfig } from '../machines/config.ts'
import type { App, Machine } from '../world/types.ts'

type Service = NonNullable<MachineConfig['services']>[number]

const LIMITS = { softConcurrency: 20, hardConcurrency: 25 }

const serviceNode = ({ protocol = 'tcp', internal_port: internalPort, ports = [] }: Service) => ({
  description: `${protocol.toUpperCase()} 80/443 -> ${internalPort}`,
  protocol: protocol.toUpperCase(),
  internalPort,
  ...LIMITS,
  ports: ports.map(({ port = null, handlers }) => ({
    port,
    startPort: port,
    endPort: port,
    handlers: (handlers ?? []).map((handler) => handler.toUpperCase()),
  })),
})

/** Services of an app: those of its first machine, as all of a group have the same. */
export const serviceNodes = ([machine]: Machine[]) => (machine?.config.services ?? []).map(serviceNode)

/** The configuration of an app: what its newest release was made of. */
export const configNode = ({ releases: [newest] }: App, machines: Machine[]) => ({
  valid: true,
  errors: [],
  definition: newest?.definition ?? {},
  services: serviceNodes(machines),
})
