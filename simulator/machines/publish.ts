import { scaledDelay } from '../world/delay.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { guestOf } from './config.ts'

const iso = (time: number) => new Date(time).toISOString()

/** The slim config of org-wide lists: no checks, mounts or env. */
const overview = ({ config }: Machine) => ({
  image: config.image,
  guest: guestOf(config),
  metadata: config.metadata ?? {},
})

/** Puts the machine, as it is now, into the late org-wide list. */
export function publishMachine(world: World, machine: Machine, options: { atOnce?: boolean } = {}): void {
  const app = world.apps.get(machine.app)
  if (!app) return
  const lag = options.atOnce ? 0 : scaledDelay(world, world.listLag)
  world.machineChanges.record(
    {
      id: machine.id,
      org: app.org,
      updatedAt: iso(machine.updatedAt),
      region: machine.region,
      state: machine.state,
      deleted: machine.state === 'destroyed',
      full: {
        id: machine.id,
        name: machine.name,
        app_name: machine.app,
        state: machine.state,
        region: machine.region,
        version: machine.instanceId,
        instance_id: machine.instanceId,
        private_ip: machine.privateIp,
        created_at: iso(machine.createdAt),
        updated_at: iso(machine.updatedAt),
        ...(machine.hostStatus === 'ok' ? { config: overview(machine) } : {}),
      },
    },
    lag,
  )
}
