import type { App } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { organizationOf } from './find-app.ts'
import { networkCidr } from './network.ts'

/** `pending` until the first machine, `suspended` when none is left running or stopped. */
export function appStatus(world: World, app: App): string {
  if (!app.everHadMachines) return 'pending'
  const awake = [...app.machines].some((id) => world.machines.get(id)?.state !== 'suspended')
  return awake ? 'deployed' : 'suspended'
}

/** App of the Machines API. */
export function appView(world: World, app: App): Record<string, unknown> {
  const organization = organizationOf(world, app)
  return {
    id: app.id,
    internal_numeric_id: app.numericId,
    name: app.name,
    machine_count: app.machines.size,
    volume_count: app.volumes.size,
    network: app.network,
    network_cidr: networkCidr(app),
    status: appStatus(world, app),
    app_role: app.role,
    cname_target: `${app.id}.${app.name}.fly.dev`,
    organization: {
      name: organization.name,
      slug: organization.slug,
      internal_numeric_id: organization.numericId,
    },
  }
}
