import { z } from 'zod'
import { findOrganization } from '../apps/find-app.ts'
import { setHost } from '../hosts/host-loss.ts'
import type { Host } from '../hosts/hosts.ts'
import { migrateMachine } from '../hosts/migrate.ts'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { addPaymentMethod, endTrial } from '../organizations/trial.ts'
import type { Organization } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { Actions, Control } from './control.ts'
import { machineOf, OneMachine } from './machine-actions.ts'

/** A host by its own id, or by what is on it. */
const OneHost = z.union([z.object({ host: z.string() }), OneMachine, z.object({ volume: z.string() })])
const Loss = z.object({ status: z.enum(['unknown', 'unreachable']).default('unreachable') })
const Filling = z.object({ full: z.boolean().default(true) })
const OneOrganization = z.object({ org: z.string() })

function idOfHost(world: World, named: z.infer<typeof OneHost>): string | undefined {
  if ('host' in named) return named.host
  if ('machine' in named) return machineOf(world, named.machine).host
  return world.volumes.get(named.volume)?.zone
}

function hostOf(world: World, body: unknown): Host {
  const host = world.hosts.find(idOfHost(world, parse(OneHost, body)) ?? '')
  if (!host) throw new FlyError(404, 'host not found')
  return host
}

function organizationOf(world: World, body: unknown): Organization {
  const organization = findOrganization(world, parse(OneOrganization, body).org)
  if (!organization) throw new FlyError(404, 'organization not found')
  return organization
}

/** What befalls servers with everything on them, and organisations that pay or do not. */
export const hostActions = ({ world }: Control): Actions => ({
  'lose-host'(body) {
    const host = hostOf(world, body)
    setHost(world, host, parse(Loss, body).status)
    return { host: host.id }
  },
  'return-host': (body) => setHost(world, hostOf(world, body), 'ok'),
  'fill-host'(body) {
    const host = hostOf(world, body)
    host.full = parse(Filling, body).full
    return { host: host.id }
  },
  migrate: (body) => ({ host: migrateMachine(world, machineOf(world, parse(OneMachine, body).machine)).id }),
  'end-trial': (body) => endTrial(world, organizationOf(world, body)),
  'add-card': (body) => addPaymentMethod(world, organizationOf(world, body)),
})
