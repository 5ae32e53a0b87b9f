import { configView } from '../machines/machine-view.ts'
import type { App, Machine } from '../world/types.ts'
import { appByName } from './app-by-name.ts'
import type { Context } from './context.ts'
import { egressNode } from './ip-nodes.ts'
import { connection, iso, type PageArguments } from './page.ts'

export const machineNode = (context: Context, machine: Machine) => ({
  id: machine.id,
  name: machine.name,
  state: machine.state,
  region: machine.region,
  instanceId: machine.instanceId,
  createdAt: iso(machine.createdAt),
  updatedAt: iso(machine.updatedAt),
  // A host that cannot be reached cannot tell.
  config: machine.hostStatus === 'ok' ? configView(machine.config) : {},
  app: () => appByName(context, machine.app),
  host: { id: machine.host },
  ips: (page: PageArguments) =>
    connection([machine.privateIp], page, (ip) => ({
      id: `mip_${machine.id}`,
      family: 'v6',
      kind: 'privatenet',
      ip,
      maskSize: 112,
    })),
  egressIpAddresses: (page: PageArguments) => connection(egressOf(context, machine), page, egressNode),
})

const egressOf = ({ world }: Context, { id, app }: Machine) =>
  (world.apps.get(app)?.ips ?? []).filter(({ type, machine }) => type.startsWith('egress') && machine === id)

export const machinesOf = ({ world }: Context, { machines }: App): Machine[] =>
  [...machines].flatMap((id) => world.machines.get(id) ?? [])

const IDLE = ['created', 'stopped', 'suspended', 'destroying', 'destroyed', 'failed', 'launch_failed']

interface MachinePage extends PageArguments {
  active?: boolean | null
}

/** All of an app, or only those that run. GUESS: what `active` leaves out. */
export const machinePage = (context: Context, app: App, { active, ...page }: MachinePage) =>
  connection(
    machinesOf(context, app).filter(({ state }) => !active || !IDLE.includes(state)),
    page,
    (machine) => machineNode(context, machine),
  )

/** Machines in the words of Nomad, which flyctl's agent still asks for. GUESS: machines are no allocations, so none. */
export const allocationsOf = () => []
