import { extendDeadline } from '../builders/deadlines.ts'
import { FlyError } from '../http/fly-error.ts'
import { beginStart } from '../machines/lifecycle.ts'
import { AT_REST } from '../machines/states.ts'
import type { App, Machine, Organization } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** The builder of an organisation, woken if it sleeps. A builder that is not there is not made. */
export function ensureBuilder(world: World, { rawSlug }: Organization): { app: App; machine: Machine } {
  for (const app of world.apps.values()) {
    if (app.org !== rawSlug || app.role !== 'remote-docker-builder') continue
    const [machine] = [...app.machines].flatMap((id) => world.machines.get(id) ?? [])
    if (!machine) continue
    if (AT_REST.includes(machine.state)) {
      beginStart(world, machine, 'user')
      extendDeadline(world, machine)
    }
    return { app, machine }
  }
  throw new FlyError(404, 'the organization has no builder')
}

/** What Depot, which builds elsewhere, is told to build with. */
export const depotBuild = ({ random }: World) => ({ buildId: random.hex(12), buildToken: `depot_${random.hex(32)}` })
