import { z } from 'zod'
import { findOrganization } from '../apps/find-app.ts'
import { setHost } from '../hosts/host-loss.ts'
import type { Host } from '../hosts/hosts.ts'
import { migrateMachine } from '../hosts/migrate.ts'
import { FlyError } from '../http/fly-error.ts'
import { addPaymentMethod, endTrial } from '../organizations/trial.ts'
import type { Organization } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { type Actions, action, type Control } from './control.ts'
import { machineOf, OneMachine } from './machine-actions.ts'

/** A host by its own id, or by what is on it. */
const OneHost = z.object({
  host: z.string().optional(),
  machine: z.string().optional(),
  volume: z.string().optional(),
})
type OneHost = z.infer<typeof OneHost>
const isOne = ({ host, machine, volume }: OneHost) => (host ?? machine ?? volume) !== undefined
const WANTED = { error: 'a host, a machine or a volume is wanted', path: ['host'] }

const Named = OneHost.refine(isOne, WANTED)
const Loss = OneHost.extend({ status: z.enum(['unknown', 'unreachable']).default('unreachable') }).refine(isOne, WANTED)
const Filling = OneHost.extend({ full: z.boolean().default(true) }).refine(isOne, WANTED)
const OneOrganization = z.object({ org: z.string() })

function idOfHost(world: World, { host, machine, volume = '' }: OneHost): string | undefined {
  return host ?? (machine === undefined ? world.volumes.get(volume)?.zone : machineOf(world, machine).host)
}

function hostOf(world: World, named: OneHost): Host {
  const host = world.hosts.find(idOfHost(world, named) ?? '')
  if (!host) throw new FlyError(404, 'host not found')
  return host
}

function setStatus(world: World, named: OneHost, status: Host['status']) {
  const host = hostOf(world, named)
  setHost(world, host, status)
  return { host: host.id }
}

function organizationOf(world: World, org: string): Organization {
  const organization = findOrganization(world, org)
  if (!organization) throw new FlyError(404, 'organization not found')
  return organization
}

/** What befalls servers with everything on them, and organisations that pay or do not. */
export const hostActions = ({ world }: Control): Actions => ({
  'lose-host': action({
    says: 'everything on a host is lost',
    body: Loss,
    act: ({ status, ...named }) => setStatus(world, named, status),
  }),
  'return-host': action({
    says: 'a lost host comes back',
    body: Named,
    act: (named) => setStatus(world, named, 'ok'),
  }),
  'fill-host': action({
    says: 'nothing more fits or starts on a host',
    body: Filling,
    act({ full, ...named }) {
      const host = hostOf(world, named)
      host.full = full
      return { host: host.id }
    },
  }),
  migrate: action({
    says: 'a machine moves to another host',
    body: OneMachine,
    act: ({ machine }) => ({ host: migrateMachine(world, machineOf(world, machine)).id }),
  }),
  'end-trial': action({
    says: 'the trial of an organization is over',
    body: OneOrganization,
    act: ({ org }) => endTrial(world, organizationOf(world, org)),
  }),
  'add-card': action({
    says: 'an organization pays from now on',
    body: OneOrganization,
    act: ({ org }) => addPaymentMethod(world, organizationOf(world, org)),
  }),
})
